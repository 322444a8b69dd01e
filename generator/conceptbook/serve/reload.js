// Loads the page again after a rebuild, at the place where the reader was.

const place = `conceptbook:serve:${location.pathname}`;

const remembered = sessionStorage.getItem(place);
if (remembered) {
  sessionStorage.removeItem(place);
  scrollTo(0, Number(remembered));
}

new EventSource("/__conceptbook/events").addEventListener("reload", () => {
  sessionStorage.setItem(place, String(scrollY));
  location.reload();
});
