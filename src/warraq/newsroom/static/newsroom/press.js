// Keeps the press screen as it is now. A section is put in only where its words changed, and keeps the focus.

const LOOK_MS = 3000;

async function look(screen) {
  if (document.hidden) return;
  const answer = await fetch(screen.dataset.now, { headers: { Accept: "text/html" } });
  if (!answer.ok || answer.redirected) return;
  const now = new DOMParser().parseFromString(await answer.text(), "text/html");
  for (const fresh of now.querySelectorAll("section[id]")) {
    const old = document.getElementById(fresh.id);
    if (!old || old.textContent === fresh.textContent) continue;
    const focused = old.contains(document.activeElement) ? document.activeElement.id : "";
    old.replaceWith(fresh);
    if (focused) document.getElementById(focused)?.focus({ preventScroll: true });
  }
}

const screen = document.getElementById("press");
if (screen) setInterval(() => look(screen).catch(() => {}), LOOK_MS); // the newsroom may be away for a moment
