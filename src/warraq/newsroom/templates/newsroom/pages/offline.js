{# The service worker. context: paper, asset #}
{% set files = ("paper.css", "paper.js", "text.woff2", "head.woff2") %}
// Keeps the front and what was read last, for where there is no network. What the paper answers always comes first:
// a kept page is shown only where there is no answer, or the paper's host says that it cannot.
"use strict";
{% if paper.offline %}
const KEPT = "paper";
const ALWAYS = ["/", "/_/offline.html"{% for name in files %}, "{{ asset(name) }}"{% endfor %}];
const MOST = 150;
// Files and pages; each article has two or three of its own.

addEventListener("install", (event) => {
  skipWaiting();
  event.waitUntil(caches.open(KEPT).then((kept) => Promise.allSettled(ALWAYS.map((path) => kept.add(path)))));
});

addEventListener("activate", (event) => event.waitUntil(clients.claim()));

// One page is kept once, whatever a link hung onto its address.
const plain = (url) => {
  const { origin, pathname } = new URL(url);
  return origin + pathname;
};

const keep = async (address, answer) => {
  const kept = await caches.open(KEPT);
  if (answer.status === 404 || answer.status === 410) return kept.delete(address);
  if (answer.status !== 200 || /no-store/.test(answer.headers.get("cache-control"))) return false;
  const all = (await kept.keys()).filter(({ url }) => url !== address && !ALWAYS.includes(new URL(url).pathname));
  await Promise.all(all.slice(0, Math.max(0, all.length - MOST + 1)).map((old) => kept.delete(old)));
  return kept.put(address, answer);
};

const answer = async (event) => {
  const { request } = event;
  const address = plain(request.url);
  let came;
  try {
    came = await fetch(request);
    if (came.status < 500) event.waitUntil(keep(address, came.clone()).catch(() => {}));
    // A busy search says so itself.
    if (came.status < 500 || address.endsWith("/search/")) return came;
  } catch { /* there is no network */ }
  const kept = await caches.open(KEPT);
  return await kept.match(address) || came
    || request.mode === "navigate" && await kept.match("/_/offline.html") || Response.error();
};

addEventListener("fetch", (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (request.method !== "GET" || origin !== location.origin || request.headers.has("range")) return;
  if (request.mode === "navigate" || /^\/_\/(static|media)\//.test(pathname)) event.respondWith(answer(event));
});
{% else %}
// This paper keeps nothing: what was kept is thrown away, and so is this.
addEventListener("install", () => skipWaiting());
addEventListener("activate", (event) => event.waitUntil(caches.delete("paper").then(() => registration.unregister())));
{% endif %}
