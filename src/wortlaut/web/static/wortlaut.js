// What the pages do beyond HTML: show what belongs together, close margins on phones, ask with Enter, count requests to foreign hosts.
const linked = (ids) => ids.flatMap((id) => [...document.querySelectorAll(`[data-q~="${CSS.escape(id)}"]`)]);

function point(event) {
  const target = event.target.closest?.("[data-q]");
  document.querySelectorAll(".on").forEach((one) => one.classList.remove("on"));
  if (target) linked(target.dataset.q.split(" ")).forEach((one) => one.classList.add("on"));
}
for (const kind of ["mouseover", "focusin"]) document.addEventListener(kind, point);
document.addEventListener("keydown", (event) => event.key === "Escape" && point({ target: document.body }));

document.querySelector(".question textarea")?.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
  event.preventDefault();
  event.target.form.requestSubmit();
});

function reveal() {
  const target = document.getElementById(location.hash.slice(1));
  const closed = target?.closest("details");
  if (!closed) return;
  closed.open = true;
  target.scrollIntoView({ block: "center" });
}
if (matchMedia("(max-width: 62rem)").matches) document.querySelectorAll(".cards > details").forEach((one) => (one.open = false));
addEventListener("hashchange", reveal);
reveal();

// Both the requests that were made and those that the policy kept from being made count.
const foreign = new Set();
const line = document.getElementById("measured");
function count(address) {
  const url = new URL(address, location.href);
  if (/^(https?|wss?):$/.test(url.protocol) && url.host !== location.host) foreign.add(url.host);
  line.hidden = false;
  line.textContent = foreign.size ? `${line.dataset.some} ${[...foreign].join(", ")}` : line.dataset.none;
}
addEventListener("securitypolicyviolation", (event) => count(event.blockedURI));
new PerformanceObserver((list) => list.getEntries().forEach((entry) => count(entry.name))).observe({ type: "resource", buffered: true });
