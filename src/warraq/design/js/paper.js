// What script adds. Without it every page reads, every link leads somewhere and the comment form sends.
// Nothing here turns text into mark-up: pages forbid it (Trusted Types), so fragments come as documents.
(() => {
  "use strict";
  const all = (what, where = document) => [...where.querySelectorAll(what)];

  // Where the reader is stands in the middle of the sections that scroll; the page itself does not move.
  const here = document.querySelector(".sections [aria-current]");
  if (here) {
    const row = here.closest("ul");
    const middle = (element) => {
      const { left, width } = element.getBoundingClientRect();
      return left + width / 2;
    };
    row.scrollLeft += middle(here) - middle(row);
  }

  const fetchNodes = (url, done, failed = () => {}) => {
    const request = new XMLHttpRequest();
    request.responseType = "document";
    request.onload = () => {
      if (request.status === 200 && request.response) done([...request.response.body.childNodes]);
      else failed();
    };
    request.onerror = failed;
    request.open("GET", url);
    request.send();
  };

  const whenNear = (element, act) => {
    if (!("IntersectionObserver" in window)) return act();
    const observer = new IntersectionObserver((entries) => {
      if (entries.some((entry) => entry.isIntersecting)) {
        observer.disconnect();
        act();
      }
    }, { rootMargin: "800px 0px" });
    observer.observe(element);
  };

  // A ranking is renewed whenever an hour begins. One that was not, twice over, says so.
  const tellAge = (list) => {
    const [span] = all("[data-until]", list);
    const age = span ? Date.now() - Date.parse(span.dataset.until) : 0;
    if (age > 7200000) for (const notice of all("[data-old]", list)) notice.hidden = false;
  };

  for (const box of all("[data-ranking]")) {
    const list = box.querySelector("[data-list]");
    const tabs = all("[data-fragment]", box);
    const show = (tab, failed) => {
      list.setAttribute("aria-busy", "true");
      fetchNodes(tab.dataset.fragment, (nodes) => {
        list.replaceChildren(...nodes);
        list.hidden = false;
        list.removeAttribute("aria-busy");
        tellAge(list);
        for (const other of tabs) other.removeAttribute("aria-current");
        tab.setAttribute("aria-current", "true");
      }, () => {
        list.removeAttribute("aria-busy");
        if (failed) failed();
      });
    };
    for (const tab of tabs) {
      tab.addEventListener("click", (event) => {
        if (event.ctrlKey || event.metaKey || event.shiftKey) return;
        event.preventDefault();
        show(tab, () => location.assign(tab.href));
      });
    }
    tellAge(list);
    // What cannot be had keeps no room.
    if (!list.childElementCount) whenNear(box, () => show(tabs[0], () => { list.hidden = true; }));
  }

  for (const place of all("[data-breaking]")) {
    fetchNodes(place.dataset.breaking, (nodes) => {
      const words = nodes.map((node) => node.textContent).join("").trim();
      const closed = () => { try { return sessionStorage.breaking; } catch { return ""; } };
      if (!words || closed() === words) return;
      place.querySelector("[data-list]").replaceChildren(...nodes);
      place.hidden = false;
      place.querySelector("button").addEventListener("click", () => {
        place.hidden = true;
        try { sessionStorage.breaking = words; } catch { /* it will come again on the next page */ }
      });
    });
  }

  const address = (path) => new URL(path, location).href;

  for (const button of all("[data-copy]")) {
    if (!navigator.clipboard) continue;
    const label = button.textContent;
    button.parentNode.hidden = false;
    button.addEventListener("click", () => {
      navigator.clipboard.writeText(address(button.dataset.copy)).then(() => {
        button.textContent = button.dataset.done;
        setTimeout(() => { button.textContent = label; }, 2500);
      }, () => {});
    });
  }

  for (const button of all("[data-share]")) {
    if (!navigator.share) continue;
    button.parentNode.hidden = false;
    button.addEventListener("click", () => {
      navigator.share({ title: button.dataset.title, url: address(button.dataset.share) }).catch(() => {});
    });
  }

  const form = document.getElementById("comment-form");
  for (const button of form ? all("[data-reply]") : []) {
    const notice = form.querySelector("[data-reply-to]");
    button.hidden = false;
    button.addEventListener("click", () => {
      form.elements.parent.value = button.dataset.reply;
      notice.hidden = !button.dataset.reply;
      notice.firstElementChild.textContent = button.dataset.to || "";
      form.scrollIntoView();
      form.elements.text.focus({ preventScroll: true });
    });
  }

  // Who saves data loads a picture by asking for it; small pictures beside headlines are left out.
  const saving = navigator.connection && navigator.connection.saveData;
  for (const image of saving ? all("img[loading=lazy]") : []) {
    if (image.complete) continue;
    const { src, srcset } = image;
    const { show } = image.parentNode.dataset;
    image.hidden = true;
    image.removeAttribute("srcset");
    image.removeAttribute("src");
    if (!show) continue;
    const button = document.createElement("button");
    button.type = "button";
    button.className = "button";
    button.textContent = show;
    image.before(button);
    button.addEventListener("click", () => {
      Object.assign(image, { srcset, src, hidden: false });
      button.remove();
    });
  }

  const { article } = document.querySelector("main").dataset;
  // One read of an article in half an hour. Which were sent is noted here for as long, and nothing of who reads.
  const wasRead = () => {
    const now = Date.now();
    try {
      const noted = Object.entries(JSON.parse(localStorage.reads || "{}"));
      const recent = Object.fromEntries(noted.filter(([, at]) => at <= now && now - at < 1800000));
      if (article in recent) return true;
      localStorage.reads = JSON.stringify({ ...recent, [article]: now });
    } catch { /* every showing of the page counts then */ }
    return false;
  };
  // A carrier has thousands behind one address, with one and the same browser: each showing of the page draws anew.
  const told = () => {
    const sent = { id: article, k: Math.random().toString(36).slice(2, 12) || "0" };
    try {
      const { hostname } = new URL(document.referrer);
      if (hostname && hostname !== location.hostname) sent.h = hostname;
    } catch { /* it came from nowhere */ }
    return sent;
  };
  if (article && navigator.sendBeacon) {
    let timer = 0;
    const watch = () => {
      clearTimeout(timer);
      if (document.visibilityState !== "visible") return;
      timer = setTimeout(() => {
        document.removeEventListener("visibilitychange", watch);
        if (wasRead()) return;
        navigator.sendBeacon(`/_/read?${new URLSearchParams(told())}`);
      }, 4000);
    };
    document.addEventListener("visibilitychange", watch);
    watch();
  }

  // The one address that a page may load a script from, for who insists on being asked (Trusted Types).
  if ("offline" in document.documentElement.dataset && navigator.serviceWorker) {
    const worker = window.trustedTypes
      ? trustedTypes.createPolicy("paper", { createScriptURL: () => "/offline.js" }).createScriptURL("")
      : "/offline.js";
    addEventListener("load", () => navigator.serviceWorker.register(worker).catch(() => {}));
  }
})();
