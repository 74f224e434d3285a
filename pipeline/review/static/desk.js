// The desk: one item before the reviewer, the next ones ready, every press saved at once and answered by the next item.
"use strict";
(() => {
  const { put, flush, waiting, takeLast, post, say, tell, edges } = review;
  const desk = document.getElementById("desk"), bar = document.getElementById("bar");
  const READY = 4, PASSED = 50, MOST_COVERED = 0.4, BESIDE = matchMedia("(min-width: 62rem)");
  const answers = (kind) => [...bar.querySelectorAll(`.answers[data-for="${kind}"] [data-do]`)].map((one) => [one.dataset.do, one.dataset.verdict]);
  const LABELS = answers("passage").map(([name]) => name), VERDICTS = Object.fromEntries(answers("verdict"));
  const ready = [], shownBefore = new Map(), gone = new Set(), left = document.getElementById("left");
  let opened = Number(left.dataset.count); // that many waited when the page was opened
  let shownAt = performance.now(), fetching = null, ended = false, undoing = Promise.resolve();

  const current = () => desk.firstElementChild;
  const kind = () => current().dataset.kind;
  const passed = () => JSON.parse(sessionStorage.getItem("passed") || "[]");
  const held = () => [current().dataset.item, ...ready.map((one) => one.dataset.item), ...waiting().map(([, one]) => one.item), ...passed()];

  const read = (html) => {
    const template = document.createElement("template");
    template.innerHTML = html;
    return template.content.firstElementChild;
  };

  const fill = () => {
    fetching ??= (async () => {
      while (ready.length < READY) {
        const query = new URLSearchParams(location.search);
        query.delete("open");
        query.set("passing", held().filter(Boolean).join(","));
        const answer = await fetch(`/next?${query}`, { headers: { "HX-Request": "true" } });
        if (answer.status !== 200) {
          ended = answer.status === 204;
          return;
        }
        ended = false;
        ready.push(read(await answer.text()));
      }
    })().catch(() => {}).finally(() => { fetching = null; });
    return fetching;
  };

  const labelled = (name) => bar.querySelector(`[data-for="passage"] [data-do="${name}"]`);

  const show = (element) => {
    review.mode = null;
    desk.replaceChildren(element);
    htmx.process(element);
    const isItem = kind() !== "empty";
    left.hidden = !isItem;
    countDown();
    if (bar.hidden === isItem) {
      bar.hidden = !isItem;
      fit();
    }
    for (const part of bar.querySelectorAll("[data-for]")) part.hidden = (part.dataset.for === "passage") !== (kind() === "passage");
    const related = bar.querySelector('[data-verdict="related"]');
    related.parentElement.hidden = !element.dataset.related;
    related.lastChild.textContent = ` ${element.dataset.related ?? ""}`;
    bar.querySelectorAll(".proposed").forEach((one) => one.classList.remove("proposed"));
    const suggested = element.dataset.suggested;
    const accept = bar.querySelector('[data-do="accept"]');
    accept.disabled = !suggested;
    accept.querySelector(".proposal").textContent = suggested ? `: ${labelled(suggested).lastChild.textContent.trim()}` : "";
    if (suggested) labelled(suggested).classList.add("proposed");
    shownAt = performance.now();
    bar.classList.add("pressed"); // under a pointer that rests where it pressed, no advice covers what comes next
    bringIntoView(element);
    element.focus({ preventScroll: true });
  };

  // Counted here and not by the server: a hidden trial waits for nobody, and must count like any other item. What is before the reviewer is left.
  const waits = (element) => !("training" in element.dataset); // the sentences of the training are in no queue
  const countDown = () => { left.textContent = say("waiting", { n: Math.max(1, opened - gone.size).toLocaleString("en") }); };

  // Where letters are so large that the bar would cover what is to be read, only the answers stay within reach, and the rest stands behind.
  const fit = () => {
    document.body.classList.remove("large");
    document.body.classList.toggle("large", bar.offsetHeight > MOST_COVERED * innerHeight);
  };
  new ResizeObserver(([foot]) => document.body.style.setProperty("--foot", `${foot.target.offsetHeight}px`)).observe(document.querySelector(".foot"));
  const covering = () => (document.body.matches(".large") ? bar.querySelector(".answers:not([hidden])") : document.querySelector(".foot"));

  // What is asked must be seen without scrolling: the passage, of which what stands before it may lie above, or the question about two.
  const bringIntoView = (element) => {
    window.scrollTo(0, 0);
    const mark = element.querySelector("mark");
    const room = innerHeight - covering().offsetHeight;
    const { top, bottom } = (mark ?? element).getBoundingClientRect();
    const [least, most] = mark ? [0.3, 0.45] : [0, 1];
    if (bottom > room) window.scrollBy(0, Math.min(top - least * room, Math.max(bottom - room + 24, top - most * room)));
  };

  const next = async () => {
    if (!ready.length && !ended) await fill();
    if (ready.length) show(ready.shift());
    else if (ended) show(document.getElementById("empty").content.firstElementChild.cloneNode(true));
    else tell(say("offline_end"), "wrong");
    fill();
  };

  const common = () => {
    const { item, version, mark } = current().dataset;
    const note = current().querySelector('[name="note"]')?.value.trim();
    const milliseconds = Math.min(3600000, Math.max(0, Math.round(performance.now() - shownAt)));
    return { key: crypto.randomUUID(), item, mark, version: Number(version), milliseconds, ...(note ? { note } : {}) };
  };

  const decide = (decision) => {
    shownBefore.set(decision.item, current().cloneNode(true));
    sessionStorage.removeItem("undoing");
    put(decision);
    if (waits(current())) gone.add(decision.item);
    tell(say("saved_next"));
    return next();
  };

  const label = (name, fields = null) => {
    const parts = edges.isMoved() ? [edges.span()] : [];
    return decide({ ...common(), verb: "label", label: name, parts, ...told(), ...(fields ? { fields } : {}) });
  };

  const openFields = () => {
    const form = current().querySelector("form.fields");
    form.hidden = false;
    current().classList.add("filling");
    bar.hidden = true;
    (form.querySelector('[name="state"]:checked') || form.querySelector('[name="state"]')).focus({ preventScroll: true });
    if (BESIDE.matches) form.scrollIntoView({ block: "nearest" });
    else current().querySelector("mark").scrollIntoView({ block: "start" }); // its words are filled in: they stay in sight above the form
  };

  const readFields = (form) => {
    const data = new FormData(form);
    const more = (name) => String(data.get(name) || "").trim();
    const listed = (name) => [...data.getAll(name), ...more(`${name}_more`).split(name === "who" ? "," : "\n").map((one) => one.trim()).filter(Boolean)];
    const state = data.get("state"), where = more("where_more") || data.get("where");
    return { who: listed("who"), when: listed("when"), where: where || null, state: state || null };
  };

  // What else the machine read: sent only where it was changed.
  const told = () => {
    const changed = {};
    for (const field of current().querySelectorAll("#told select, #told input:not([type=checkbox])")) {
      const before = field.tagName === "SELECT" ? [...field.options].find((one) => one.defaultSelected)?.value ?? field.options[0].value : field.defaultValue;
      if (field.value.trim() !== before) changed[field.name] = field.value.trim() || null;
    }
    if (current().querySelector('#told [name="whole"]')?.checked) {
      changed.whole = true;
      changed.phase = current().querySelector('#told [name="phase"]').value || null;
    }
    return Object.keys(changed).length ? { told: changed } : {};
  };

  // One after the other; a taking-back whose answer did not come keeps its key, so that pressed again it takes back once.
  const undo = () => { undoing = undoing.then(takeBack, takeBack); return undoing; };

  const takeBack = async () => {
    await flush();
    if (waiting().length) {
      const taken = takeLast();
      const before = taken && shownBefore.get(taken.item);
      return before ? back(before) : tell(say(...(taken ? ["undone"] : ["offline", { n: waiting().length }])), taken ? "" : "wrong");
    }
    const key = sessionStorage.getItem("undoing") ?? crypto.randomUUID();
    sessionStorage.setItem("undoing", key);
    const answer = await post("/undo", { key }).catch(() => null);
    if (!answer || answer.status >= 500) return tell(say("offline", { n: 0 }), "wrong");
    sessionStorage.removeItem("undoing");
    if (answer.status === 204) return tell(say("undo_none"));
    if (!answer.ok) return tell(say("error_403"), "wrong");
    return back(read(await answer.text()));
  };

  const back = (element) => {
    const { item } = element.dataset;
    if (kind() !== "empty" && current().dataset.item !== item) ready.unshift(current());
    if (!gone.delete(item) && waits(element) && current().dataset.item !== item) opened += 1; // decided before the page was opened
    show(element);
    tell(say("undone"));
    today(element.dataset.today);
  };

  const today = (count) => { if (count !== undefined) document.querySelector("#today b").textContent = say("today_open", { n: count }); };

  const skip = () => {
    sessionStorage.setItem("passed", JSON.stringify([...passed(), current().dataset.item].slice(-PASSED)));
    tell(say("skipped"));
    return next();
  };

  const open = (id) => {
    const details = current().querySelector(`#${id}`);
    if (!details || details.hidden) return;
    details.open = !details.open;
    if (details.open) details.querySelector("textarea, select")?.focus();
  };

  const guideline = () => {
    const dialog = document.getElementById("guideline");
    if (dialog.open) return dialog.close();
    htmx.trigger("#guideline-text", "guideline");
    return dialog.showModal();
  };

  const merge = () => {
    const { following } = current().dataset;
    if (!following) return tell(say("no_merge"), "wrong");
    return decide({ ...common(), verb: "merge", parts: [{ start: edges.span().start, end: Number(following) }] });
  };

  const answer = (name) => {
    const verdict = VERDICTS[name];
    if (kind() !== "passage") return verdict && (verdict !== "related" || current().dataset.related) ? decide({ ...common(), verb: "verdict", verdict }) : undefined;
    if (review.mode) return review.mode.label?.(name);
    return name === "action" && current().querySelector("form.fields")?.hidden ? openFields() : label(name);
  };

  const accept = () => {
    const { suggested } = current().dataset;
    if (review.mode) return undefined;
    return suggested ? label(suggested) : undefined;
  };

  const whenReading = (act) => () => (current().querySelector(".edges") && !review.mode ? act() : undefined);
  review.does = {
    ...Object.fromEntries(LABELS.map((name) => [name, () => answer(name)])),
    accept,
    skip,
    undo,
    note: () => open("note"),
    told: () => open("told"),
    why: () => open("why"),
    guideline,
    merge: whenReading(merge),
    split: whenReading(() => review.modes.split()),
    add: whenReading(() => review.modes.add()),
    reset: whenReading(edges.reset),
    edge_start_back: whenReading(() => edges.move("start", -1)),
    edge_start_on: whenReading(() => edges.move("start", 1)),
    edge_end_back: whenReading(() => edges.move("end", -1)),
    edge_end_on: whenReading(() => edges.move("end", 1)),
    confirm: () => review.mode?.confirm?.(),
    cancel: () => {
      if (review.mode) review.mode.close();
      const form = current().querySelector("form.fields");
      if (form && !form.hidden) {
        form.hidden = true;
        current().classList.remove("filling");
        bar.hidden = false;
      }
      current().focus({ preventScroll: true });
    },
  };
  Object.assign(review, { decide, common, current, put, label });

  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-do]");
    if (button && current().dataset.kind !== "empty" || button?.dataset.do === "undo") review.does[button.dataset.do]?.();
  });
  document.addEventListener("submit", (event) => {
    if (!event.target.matches("form.fields")) return;
    event.preventDefault();
    label("action", readFields(event.target));
  });
  document.addEventListener("undone", ({ detail: { item, version } }) => {
    for (const one of [current(), ...ready, ...shownBefore.values()]) if (one.dataset.item === item) one.dataset.version = version;
  });
  document.addEventListener("decided", ({ detail: { decision, body } }) => {
    shownBefore.delete(decision.item);
    if (body.status === "saved") {
      today(body.today);
      if (body.feedback) tell(body.feedback.said, body.feedback.right ? "right" : "wrong");
    } else if (body.status === "already") {
      tell(body.said, "wrong", { href: `/?open=${body.item}`, text: say("already_look") });
    } else {
      gone.delete(decision.item);
      countDown();
      tell(say("refused", { reason: body.reason }), "wrong");
    }
  });
  document.addEventListener("DOMContentLoaded", () => { fit(); show(current()); });
  addEventListener("resize", fit);
  bar.addEventListener("pointermove", () => bar.classList.remove("pressed"));
  flush();
  fill();
})();
