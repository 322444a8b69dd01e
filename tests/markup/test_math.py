"""TeX to MathML: what pages need is converted, what they cannot have is refused in its place."""

from __future__ import annotations

import re

import pytest
from conceptbook.markup import MathError, Origin, formula_characters, mathml, parse_inline
from conceptbook.markup.math import CLASSES, DEEPEST, LONGEST

from .conftest import unsafe

FORMULAS = r"""
a^2+b_{ij}
x'_i + y''
\frac{1}{2} \dfrac12 \tfrac12 \cfrac{1}{x}
\binom{n}{k}
\sqrt{x} + \sqrt[3]{x+1}
\sum_{i=1}^n x_i \prod_j \int_0^1 f(x)\,\mathrm{d}x \oint \iint
\lim_{x\to 0} \max_x \min_{x \in X} \sup \inf \log \exp \Pr
\operatorname*{arg\,min}_x f \operatorname{tr} A
\argmin_\theta L \argmax_a Q
\arg\min_x
\mathbb{R}^d \R \N \Z \E[X] \mathbb E
\mathcal{L} \mathscr{L} \mathfrak{g} \mathsf{x} \mathtt{x} \mathrm{Var} \mathit{ab} \mathbf{x}
\boldsymbol{\alpha} \bm{x}
\hat w \bar x \tilde x \vec v \dot x \ddot x \widehat{xy} \widetilde{xy}
\overline{z} \underline{z} \overbrace{a+b}^{n} \underbrace{a+b}_{n}
\overset{!}{=} \underset{x}{\to} \stackrel{a}{b} \xrightarrow{p}
\left( \frac{a}{b} \right] \left\{ a \middle| b \right\} \left. x \right|_{0}
\big( \Big[ \bigg\{ \Bigg| x \Bigr) \Bigl\lVert
\lVert x \rVert_2 \lvert x \rvert \langle x, y \rangle \lfloor x \rfloor \lceil x \rceil \|x\|
\begin{pmatrix} a & b \\ c & d \end{pmatrix}
\begin{bmatrix} a & b \\ c & d \end{bmatrix}
\begin{vmatrix} a \\ b \end{vmatrix} \begin{Vmatrix} a \end{Vmatrix} \begin{matrix} a \end{matrix}
\begin{cases} 1 & x > 0 \\ 0 & \text{otherwise} \end{cases}
\begin{dcases} \frac12 \\ b \end{dcases} \begin{rcases} a \\ b \end{rcases}
\begin{aligned} a &= b \\ &= c \end{aligned}
\begin{aligned} a &= b \\[4pt] &= c \end{aligned}
\begin{gathered} a \\ b \end{gathered}
\begin{align*} a &= b \\ c &= d \end{align*}
\begin{gather*} a \\ b \end{gather*}
\begin{multline*} a \\ b \end{multline*}
\begin{equation*} a \end{equation*}
\begin{array}{l|cr} a & b & c \\ \hline d & e & f \end{array}
\begin{array}{c:c} a & b \\ \hdashline d & e \end{array}
\sum_{\substack{i<j \\ j<k}} a_{ij}
\text{if } x \text{ is é ü} \textbf{b} \textit{i} \texttt{t}
\textsc{small}
\alpha\beta\gamma\delta\epsilon\varepsilon\zeta\eta\theta\vartheta\iota\kappa\lambda\mu\nu\xi\pi
\rho\sigma\tau\upsilon\phi\varphi\chi\psi\omega\Gamma\Delta\Theta\Lambda\Xi\Pi\Sigma\Phi\Psi\Omega
\pm\mp\times\div\cdot\ast\star\circ\bullet\oplus\otimes\odot\wedge\vee\cap\cup\setminus
\leq\geq\ll\gg\neq\equiv\sim\simeq\approx\cong\propto\prec\succ\subset\subseteq\supset\in\notin\ni
\to\gets\mapsto\Rightarrow\Leftarrow\iff\implies\leftrightarrow\uparrow\downarrow\hookrightarrow
\infty\partial\nabla\forall\exists\emptyset\varnothing\neg\ell\hbar\Re\Im\aleph\top\bot\angle
\dots\cdots\ldots\vdots\ddots\colon\mid\parallel\perp\dagger\prime
\coloneqq \triangleq \doteq \lesssim \gtrsim
a\!b\,c\:d\;e\quad f\qquad g\ h~i \hspace{1em} \phantom{x} \hphantom{x} \vphantom{x}
\boxed{E = mc^2} \cancel{x} \bcancel{x} \xcancel{x}
\not= \not\in \nexists
1{,}000 0.5 \%  \# \& \_ \$ \{ \}
a < b > c
\pmod{n} \bmod \gcd
\displaystyle \sum x \textstyle \scriptstyle
\cramped{x^2}
\mathop{x} \mathbin{x} \mathrel{x} \mathopen{(} \mathclose{)}
x_{1:d} \mathbb E\,\lVert \hat w-w_{1:d}\rVert^2=(\sigma^2+m_d)\,\frac{d}{n-d-1}
p(x \mid z) = \mathcal N(x; \mu, \Sigma)
\nabla_\theta J(\theta) = \mathbb{E}_{\pi}\left[ \nabla_\theta \log \pi_\theta(a\mid s) \right]
\mathrm{softmax}\!\left(\frac{QK^\top}{\sqrt{d_k}}\right)V
D_{\mathrm{KL}}(p \,\|\, q) = \sum_x p(x) \log \frac{p(x)}{q(x)}
{n \choose k} \sideset{}{'}\sum
""".strip().split("\n")

ENCLOSURES = ("math-box", "menclose-updiagonalstrike", "menclose-downdiagonalstrike")


@pytest.mark.parametrize("tex", FORMULAS)
@pytest.mark.parametrize("display", [True, False], ids=["display", "inline"])
def test_formula(tex: str, display: bool) -> None:
    markup = mathml(tex, display)
    assert markup.startswith('<math display="block">' if display else "<math>")
    assert '<annotation encoding="application/x-tex">' in markup
    assert unsafe(markup) == []
    assert "(??)" not in markup and "merror" not in markup
    named = {name for group in re.findall(r'class="([^"]*)"', markup) for name in group.split()}
    known = {
        *CLASSES.values(),
        "math-box",
        "menclose-updiagonalstrike",
        "menclose-downdiagonalstrike",
    }
    assert named <= known


def test_styles_become_classes() -> None:
    markup = mathml(r"\begin{aligned} a &= b \end{aligned}", True)
    assert '<mtd class="math-right math-pr-0">' in markup
    assert '<mtd class="math-left math-pl-0">' in markup


@pytest.mark.parametrize(
    ("tex", "at", "words"),
    [
        (r"x + \foo", r"\foo", "Unknown command"),
        (r"é\U0001f600 + \foo", r"\U", "Unknown command"),
        (r"a + x}", "}", "Unmatched"),
        (r"\begin{nonsense} x \end{nonsense}", "{nonsense}", "Unknown environment"),
        (r"a \color{red} b", r"\color", "theme"),
        (r"a \label{b}", r"\label", "named after the dollars"),
        (r"\eqref{b}", r"\eqref", "named after the dollars"),
        (r"  \begin{align} a \end{align}", r"\begin{align}", "aligned"),
        (r"\newcommand{\x}{y} \x", r"\newcommand", "write it out"),
        (r"\hspace{-1em}", "", "margin-left"),
        ("", "", "empty"),
        ("  ", "", "empty"),
    ],
)
def test_refused(tex: str, at: str, words: str) -> None:
    with pytest.raises(MathError) as error:
        mathml(tex, False)
    assert words in error.value.message
    assert tex[error.value.offset :].startswith(at)


@pytest.mark.parametrize(
    "tex",
    [
        "{" * 50_000 + "}" * 50_000,
        "{" * (DEEPEST + 1) + "x" + "}" * (DEEPEST + 1),
        r"\sqrt" * 700 + "x",
        r"\frac" * 700,
        r"\left(" * 500 + r"\right)" * 500,
        r"\begin{matrix}" * 200 + r"\end{matrix}" * 200,
        "x" * (LONGEST + 1),
        r"\hat " * 700 + "x",
        "x^" * 1500 + "x",
        r"\E" * 1100,
    ],
    ids=range(10),
)
def test_what_would_end_the_process_is_refused(tex: str) -> None:
    with pytest.raises(MathError):
        mathml(tex, False)


def characters(text: str) -> set[str]:
    return formula_characters(parse_inline(text, Origin("a.yaml"))[0])


def test_characters_for_the_font() -> None:
    text = "words $\\sqrt{x} + h\\,\\mathrm{d}$ and $\\sum_\\mu \\Omega$\n\n$$\\mathcal L$$"
    found = characters(text)
    # A lone letter is shown in mathematical italic, a root by the radical sign.
    assert {"x", "\U0001d465", "+", "\u221a", "\u210e", "\U0001d707", "d", "∑", "Ω", "ℒ"} <= found
    assert not {"w", "\\", "\U0001d451", "\U0001d6fa"} & found


def test_no_characters_without_formulas() -> None:
    assert characters("words `code` $\\foo$") == set()
