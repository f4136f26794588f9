// Draws the curves, and keeps the figures as they are now. The figures stand in the page; this needs no other answer.

const LOOK_MS = 10000;
const rightToLeft = document.documentElement.dir === "rtl";
const drawn = new WeakMap();

function colour(name, otherwise) {
  return getComputedStyle(document.documentElement).getPropertyValue(name).trim() || otherwise;
}

function told(box) {
  return JSON.parse(box.querySelector("script").textContent);
}

// Time runs as the page is read: in Arabic from right to left, the counts at the right.
function draw(box) {
  const canvas = box.querySelector("canvas");
  const style = getComputedStyle(document.body);
  const text = colour("--w-color-text-label", style.color);
  const grid = colour("--w-color-border-furniture", "#ddd");
  const number = new Intl.NumberFormat(document.documentElement.lang || "ar");
  const chart = new window.Chart(canvas, {
    type: "bar",
    data: { labels: [], datasets: [{ label: canvas.dataset.name, data: [], backgroundColor: colour("--w-color-secondary", "#007d7e") }] },
    options: {
      animation: false,
      maintainAspectRatio: false,
      font: { family: style.fontFamily },
      scales: {
        x: { reverse: rightToLeft, grid: { display: false }, ticks: { color: text, maxRotation: 0, autoSkipPadding: 16, font: { family: style.fontFamily } } },
        y: {
          position: rightToLeft ? "right" : "left",
          beginAtZero: true,
          grid: { color: grid },
          ticks: { color: text, precision: 0, callback: (value) => number.format(value), font: { family: style.fontFamily } },
        },
      },
      plugins: {
        legend: { display: false },
        tooltip: { rtl: rightToLeft, textDirection: document.documentElement.dir, titleFont: { family: style.fontFamily }, bodyFont: { family: style.fontFamily } },
      },
    },
  });
  drawn.set(box, chart);
  for (const button of box.querySelectorAll("[data-by]")) {
    button.addEventListener("click", () => choose(box, button.dataset.by));
  }
  choose(box, "hours");
}

function choose(box, by) {
  box.dataset.chosen = by;
  for (const button of box.querySelectorAll("[data-by]")) {
    const chosen = button.dataset.by === by;
    button.setAttribute("aria-pressed", chosen);
    button.classList.toggle("button-secondary", !chosen);
  }
  show(box);
}

function show(box) {
  const { labels, counts } = told(box)[box.dataset.chosen];
  const chart = drawn.get(box);
  chart.data.labels = labels;
  chart.data.datasets[0].data = counts;
  chart.update();
  const sum = counts.reduce((all, one) => all + one, 0);
  const canvas = box.querySelector("canvas");
  canvas.setAttribute("role", "img");
  canvas.setAttribute("aria-label", `${labels[0]} – ${labels.at(-1)}: ${sum} ${canvas.dataset.name}`);
}

async function look(screen) {
  if (document.hidden) return;
  const answer = await fetch(screen.dataset.now, { headers: { Accept: "text/html" } });
  if (!answer.ok || answer.redirected) return;
  const now = new DOMParser().parseFromString(await answer.text(), "text/html");
  for (const fresh of now.querySelectorAll("section[id]")) {
    const old = document.getElementById(fresh.id);
    if (old && old.textContent !== fresh.textContent && !old.contains(document.activeElement)) old.replaceWith(fresh);
  }
  const fresh = now.querySelector("[data-curve]");
  const box = screen.querySelector("[data-curve]");
  if (fresh && box) {
    box.querySelector("script").textContent = fresh.querySelector("script").textContent;
    show(box);
  }
}

for (const box of document.querySelectorAll("[data-curve]")) draw(box);
const screen = document.getElementById("figures");
if (screen) setInterval(() => look(screen).catch(() => {}), LOOK_MS); // the newsroom may be away for a moment
