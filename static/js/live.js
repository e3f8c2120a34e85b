// A part of the page that follows the server: [data-live-url] asks every two seconds with the
// ETag it has, slower while the tab is hidden; keep.js brings the answer into the page.
(() => {
  const lost = document.getElementById("live-lost");
  const running = new Set();

  function answered(element, text) {
    const page = new DOMParser().parseFromString(text, "text/html");
    const fresh = document.importNode(page.getElementById(element.id) || page.body, true);
    element.dispatchEvent(new CustomEvent("live:answer", { detail: fresh, bubbles: true }));
  }

  function start({ id, dataset }) {
    if (!id || running.has(id)) return;
    running.add(id);
    const every = 1000 * Number(dataset.liveEvery || 2);
    let tag = dataset.liveTag || "";
    let failures = 0;
    let timer = 0;

    async function ask() {
      const element = document.getElementById(id);
      if (!element?.dataset.liveUrl) { running.delete(id); return; }
      try {
        const headers = { "HX-Request": "true", ...(tag && { "If-None-Match": tag }) };
        const answer = await fetch(element.dataset.liveUrl, { headers, cache: "no-store" });
        if (answer.redirected) { location.reload(); return; }
        if ([204, 403, 404, 410].includes(answer.status)) return;
        if (answer.status === 200) {
          answered(element, await answer.text());
          tag = answer.headers.get("ETag") || "";
        } else if (answer.status !== 304) throw new Error(String(answer.status));
        failures = 0;
      } catch {
        failures += 1;
      }
      if (lost) lost.hidden = failures < 3;
      wait();
    }

    function wait() {
      clearTimeout(timer);
      const slower = failures > 3 ? 2 : 1;
      timer = setTimeout(ask, document.hidden ? 15000 : every * slower);
    }

    document.addEventListener("visibilitychange", () => {
      if (!document.hidden && running.has(id)) { clearTimeout(timer); timer = setTimeout(ask, 50); }
    });
    wait();
  }

  const scan = () => document.querySelectorAll("[data-live-url]").forEach(start);
  document.addEventListener("htmx:afterSettle", scan);
  scan();
})();
