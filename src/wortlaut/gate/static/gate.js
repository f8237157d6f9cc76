// Third-party content after one click. Consents, {key: [until, name]}, stay in localStorage.
const KEY = "wortlaut-gate";
let kept = {}; // without storage

function consents() {
  try {
    kept = JSON.parse(localStorage.getItem(KEY)) ?? {};
  } catch {}
  return Object.fromEntries(Object.entries(kept).filter(([, entry]) => entry?.[0] > Date.now() / 1000));
}

function change(edit) {
  edit((kept = consents()));
  try {
    localStorage.setItem(KEY, JSON.stringify(kept));
  } catch {}
  refresh();
}

const refresh = () => document.querySelectorAll("wortlaut-gate, wortlaut-consents").forEach((one) => one.update?.());
const allow = (key, name, days) => change((all) => (all[key] = [Date.now() / 1000 + days * 86400, name]));
const withdraw = (keys) => change((all) => keys.forEach((key) => delete all[key]));

class Gate extends HTMLElement {
  part = (name) => this.querySelector(`.wg-${name}`);

  connectedCallback() {
    this.part("controls").hidden = false;
    this.box = this.querySelector("input");
    this.box.onchange = () => this.hasAttribute("open") && this.decide();
    this.onclick = (event) => event.target.closest("button") && this.clicked(event);
    this.update();
  }

  clicked(event) {
    event.preventDefault();
    const hides = event.target.name === "hide";
    if (hides) withdraw([this.id, this.dataset.provider, "*"]);
    else this.decide();
    this.part(hides ? "show" : "content iframe").focus();
    this.part("status").textContent = this.dataset[hides ? "hidden" : "shown"];
  }

  decide() {
    const { provider, name, days } = this.dataset;
    const always = this.box.checked;
    allow(always ? provider : this.id, name, days);
    if (!always) withdraw([provider]);
  }

  update() {
    const all = consents();
    const { provider } = this.dataset;
    const open = [this.id, provider, "*"].some((key) => key in all);
    const frame = this.part("content iframe");
    if (open) this.fit(frame ?? this.load());
    else frame?.remove();
    this.box.checked = provider in all;
    this.toggleAttribute("open", open);
    this.part("show").hidden = open;
    this.part("hide").hidden = !open;
  }

  load() {
    const frame = document.createElement("iframe");
    const { frame: src, embed: srcdoc } = this.dataset;
    Object.assign(frame, { title: this.ariaLabel, allowFullscreen: true }, src ? { src } : { srcdoc });
    this.part("content").append(frame);
    return frame;
  }

  fit(frame) {
    frame.onload ??= () => {
      const page = frame.contentDocument?.body;
      if (page) new ResizeObserver(() => (frame.style.height = `${page.offsetHeight}px`)).observe(page);
    };
  }
}

class Consents extends HTMLElement {
  connectedCallback() {
    this.onclick = (event) => {
      const { name, value } = event.target;
      if (name) event.preventDefault();
      if (name === "allow") allow("*", this.dataset.everything, this.dataset.days);
      if (name === "withdraw") withdraw(value === "*all" ? Object.keys(consents()) : [value]);
    };
    this.update();
  }

  update() {
    const rows = Object.entries(consents()).map(([value, [until, name]]) => {
      const [row, button] = ["li", "button"].map((tag) => document.createElement(tag));
      Object.assign(button, { name: "withdraw", value, textContent: this.dataset.withdraw });
      row.append(`${name} (${new Date(until * 1000).toLocaleDateString(this.lang)}) `, button);
      return row;
    });
    this.querySelector("ul").replaceChildren(...rows);
    this.querySelector(".wg-nothing").hidden = rows.length > 0;
  }
}

// Once, however often it loads.
if (!customElements.get("wortlaut-gate")) {
  customElements.define("wortlaut-gate", Gate);
  customElements.define("wortlaut-consents", Consents);
  addEventListener("storage", refresh);
  const agreed = document.cookie.match(`${KEY}=([^;]+)`); // without scripts
  document.cookie = `${KEY}=; Max-Age=0; Path=/`;
  if (agreed) change((all) => Object.assign(all, JSON.parse(decodeURIComponent(agreed[1]))));
}
