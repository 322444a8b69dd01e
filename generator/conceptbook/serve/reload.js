// Loads the page again after a rebuild, at the place where the reader was.

const KEY = "conceptbook:serve";

const { page, y } = JSON.parse(sessionStorage.getItem(KEY) ?? "{}");
sessionStorage.removeItem(KEY);
if (page === location.pathname) scrollTo(0, y);

new EventSource("/__conceptbook/events").addEventListener("reload", () => {
  sessionStorage.setItem(KEY, JSON.stringify({ page: location.pathname, y: scrollY }));
  location.reload();
});
