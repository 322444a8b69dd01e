"""The pages beside those of concepts: claims, sources, audit, notation, paths, search, data."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property

from ..evidence.dependence import Dependence
from ..load import LoadedClaim
from . import api, llms
from .address import claim_page, concept_page, path_page, source_page
from .backlinks import used_by
from .feed import PATH, feed
from .frame import Beside, NavItem
from .paging import pagers
from .press import Press, Rendered
from .preview import Previews
from .redirects import redirects
from .site import relative
from .views import audit, claim_list, glossary, reading_path
from .views import claim_page as claim_pages
from .views import source_page as source_pages
from .views.concept import claims_of, sources_of
from .views.relations import ends


class SitePages:
    """Makes them; what several pages need is computed once."""

    def __init__(self, press: Press, previews: Previews | None) -> None:
        self.press, self.shown, self._previews = press, press.shown, previews

    def pages(self) -> Iterator[Rendered]:
        """Every page and data file beside those of concepts, in order."""
        yield from self._claims()
        yield from self._sources()
        yield from self._audit()
        yield from self._notation()
        yield from self._paths()
        if self.press.site.search:
            yield self._search()
        yield from self._data()

    def preview(self, name: str) -> Rendered | None:
        """The picture of a concept for link previews, where there is an address to show it at."""
        if self._previews is None:
            return None
        png = self._previews.png(self.shown.concepts[name])
        return Rendered(f"{name}/preview.png", png) if png else None

    def beside_concept(self, name: str, image: Rendered | None) -> Beside:
        """Crumbs, the concepts before and after in reading order, and what uses this one."""
        page = concept_page(name)
        place = self._reading_order.get(name)
        around = (place and place - 1, None if place is None else place + 1)
        before, after = (self._concept_at(index, page) for index in around)
        concept = self.shown.concepts[name]
        domain = name.split("/")[0]
        title = self._domains.get(domain, domain)
        return Beside(
            linked_data=self.press.data.concept(concept),
            searched="Concept",
            crumbs=(self._home(page), NavItem(title, relative(page, f"{domain}/index.html"))),
            previous=before if place else None,
            next=after,
            used_by=tuple(self._item(user, page) for user in self._users.get(name, ())),
            image=image.path if image else None,
            path=relative(page, path_page(name)) if concept.record.prerequisites else None,
        )

    def _claims(self) -> Iterator[Rendered]:
        shown, statuses = self.shown, self.press.statuses
        filters = claim_list.filters_of(self._listed, shown, statuses)
        for pager in pagers("claims", self._listed):
            view = claim_list.view(pager, filters, shown, statuses)
            crumbs = (self._home(pager.path),)
            yield self.press.listing(pager.path, "claims.html", view, crumbs)
        for claim in self._every_claim:
            yield self.claim(claim)

    def claim(self, claim: LoadedClaim) -> Rendered:
        """The permanent page of one claim."""
        page, press = claim_page(claim.id), self.press
        view = claim_pages.view(claim, press.statuses, self._ends, self.shown, press.site)
        claims = NavItem("Claims", relative(page, "claims/index.html"))
        beside = Beside(
            linked_data=press.data.claim(claim),
            searched=None if view.withdrawn or view.successors else "Claim",
            crumbs=(self._home(page), claims, NavItem(view.concept, view.concept_href)),
        )
        about = view.description
        return press.page(
            page, "claim.html", view, title=view.title, about=about, kind="article", beside=beside
        )

    def _sources(self) -> Iterator[Rendered]:
        keys = source_pages.by_label(self.shown)
        for pager in pagers("sources", keys):
            view = source_pages.listing(pager, self._uses, self.shown)
            yield self.press.listing(pager.path, "sources.html", view, (self._home(pager.path),))
        for key in keys:
            yield self._source(key)

    def _source(self, key: str) -> Rendered:
        page, source = source_page(key), self.shown.notebook.sources[key]
        view = source_pages.view(
            source,
            self._uses.get(key, ()),
            self._mentions.get(key, ()),
            self._versions.get(key, ()),
            self._dependence,
            self.shown,
            self.press.statuses,
        )
        sources = NavItem("Sources", relative(page, "sources/index.html"))
        beside = Beside(
            linked_data=self.press.data.source(source.record), crumbs=(self._home(page), sources)
        )
        return self.press.page(
            page, "source.html", view, title=view.title, about=view.description, beside=beside
        )

    def _audit(self) -> Iterator[Rendered]:
        page = "audit/index.html"
        view = audit.view(self._coverage, self.shown, self.press.statuses, page)
        yield self.press.listing(page, "audit.html", view, (self._home(page),))

    def _notation(self) -> Iterator[Rendered]:
        for pager in pagers("glossary", glossary.meanings(self.shown)):
            view = glossary.view(pager, self.shown)
            yield self.press.listing(pager.path, "glossary.html", view, (self._home(pager.path),))

    def _paths(self) -> Iterator[Rendered]:
        for name, concept in self.shown.concepts.items():
            if not concept.record.prerequisites:
                continue
            page = path_page(name)
            view = reading_path.view(concept, self.shown, self._users.get(name, ()))
            crumbs = (self._home(page), self._item(name, page))
            yield self.press.listing(page, "reading-path.html", view, crumbs)

    def _search(self) -> Rendered:
        page = "search/index.html"
        about = "Search the concepts and claims of this notebook."
        view = {"title": "Search", "description": about}
        beside = Beside(crumbs=(self._home(page),))
        return self.press.page(
            page, "search.html", view, title="Search", about=about, beside=beside
        )

    def moved(self, taken: set[str]) -> Iterator[Rendered]:
        """Redirects from old ids, but where another page stands by now."""
        for redirect in redirects(self.shown):
            if redirect.path not in taken:
                taken.add(redirect.path)
                about = f"{redirect.title} is at another address now."
                beside = Beside(moved_to=redirect.href, canonical=redirect.target)
                yield self.press.page(
                    redirect.path,
                    "moved.html",
                    redirect,
                    title=redirect.title,
                    about=about,
                    beside=beside,
                )

    def _data(self) -> Iterator[Rendered]:
        shown, statuses, site = self.shown, self.press.statuses, self.press.site
        claims = {
            claim.id: api.claim(claim, statuses[claim.id], self._ends, site)
            for claim in self._every_claim
        }
        for name, claim in claims.items():
            yield Rendered(f"api/claims/{name}.json", api.encoded({"claim": claim}))
        listed = [claims[claim.id] for claim in self._listed]
        yield Rendered("api/claims.json", api.encoded({"claims": listed}))
        sources = api.sources(self._uses, self._dependence, shown, site)
        yield Rendered("api/sources.json", api.encoded(sources))
        yield Rendered("api/concepts.json", api.encoded(api.concepts(shown, site)))
        yield Rendered("api/audit.json", api.encoded(api.audit(self._coverage, shown)))
        yield Rendered(llms.PATH, llms.llms_txt(shown, site))
        news = feed(shown, statuses, site)
        if news is not None:
            yield Rendered(PATH, news)

    @cached_property
    def _every_claim(self) -> list[LoadedClaim]:
        """Those with a page, withdrawn ones too."""
        known = self.shown.notebook.claims
        return [claim for claim in known.values() if self.shown.has_claim(claim.id)]

    @cached_property
    def _listed(self) -> Sequence[LoadedClaim]:
        return claim_list.listed(self.shown)

    @cached_property
    def _ends(self):
        return ends(self.shown.notebook)

    @cached_property
    def _uses(self) -> source_pages.Uses:
        return source_pages.uses_of(self.shown, (claim.id for claim in self._listed))

    @cached_property
    def _dependence(self) -> Dependence:
        statuses = self.press.statuses
        return Dependence({claim.id: statuses[claim.id].grounds for claim in self._listed})

    @cached_property
    def _versions(self) -> Mapping[str, Sequence[str]]:
        return source_pages.versions_of(self.shown.notebook.sources)

    @cached_property
    def _mentions(self) -> dict[str, list[str]]:
        found: dict[str, list[str]] = {}
        for name, concept in self.shown.concepts.items():
            keys = sources_of(concept, claims_of(concept, self.shown), self.shown)
            for key in dict.fromkeys(keys):
                found.setdefault(key, []).append(name)
        return found

    @cached_property
    def _coverage(self):
        return audit.coverage_of(self.shown, self.press.statuses)

    @cached_property
    def _users(self):
        return used_by(self.shown)

    @cached_property
    def _sequence(self) -> Sequence[str]:
        names = self.shown.order
        return [n for n in names if self.shown.concepts[n].record.status != "retired"]

    @cached_property
    def _reading_order(self) -> dict[str, int]:
        return {name: index for index, name in enumerate(self._sequence)}

    @cached_property
    def _domains(self) -> dict[str, str]:
        return {entry.id: entry.title for entry in self.shown.notebook.settings.domains}

    def _concept_at(self, index: int | None, page: str) -> NavItem | None:
        inside = index is not None and 0 <= index < len(self._sequence)
        return self._item(self._sequence[index], page) if inside else None

    def _item(self, concept: str, page: str) -> NavItem:
        title = self.shown.concepts[concept].record.title
        return NavItem(title, relative(page, concept_page(concept)))

    def _home(self, page: str) -> NavItem:
        return NavItem(self.shown.notebook.settings.title, relative(page, "index.html"))
