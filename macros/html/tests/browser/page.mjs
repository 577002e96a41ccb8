// What a person does on a page. Each function runs in the browser, by itself.

/** The elements that can send a request: `button 1`, the first button of the page. */
export const actions = () => {
  const calls = ["get", "post", "put", "patch", "delete", "action", "query"].map((call) => `hx-${call}`);
  const isCall = (one) => calls.some((call) => one.hasAttribute(call) || one.hasAttribute(`data-${call}`));
  const isHtml = (one) => one.namespaceURI === "http://www.w3.org/1999/xhtml";
  const all = [...document.querySelectorAll("*")];
  const buttons = all.filter((one) => isHtml(one) && one.matches("button, input[type=submit i], input[type=image i]"));
  const submits = (one) => one.tagName !== "BUTTON" || one.type === "submit";
  const isSubmitted = (form) => buttons.some((one) => one.form === form && submits(one) && !one.matches(":disabled"));
  const acting = all.filter((one) => {
    const resets = one.matches("[type=reset i]") && !isCall(one);
    if (resets || one.matches("script, :disabled")) return false;
    if (one.localName === "form" && isHtml(one)) return !isSubmitted(one);
    const isLink = one.matches("a, area") && (one.hasAttribute("href") || one.hasAttribute("xlink:href"));
    return buttons.includes(one) || isCall(one) || isLink;
  });
  globalThis.acting = acting;
  return acting.map((one) => {
    const same = all.filter((other) => other.localName === one.localName);
    return `${one.localName} ${same.indexOf(one) + 1}`;
  });
};

/** Does what a script does with a template: it puts what is in there onto the page. */
export const instantiate = () => {
  for (const template of document.querySelectorAll("template")) {
    document.body.append(template.content.cloneNode(true));
  }
  globalThis.htmx?.process(document.body);
};

/** How many rounds there are: as it is, empty, full, and each choice in turn. */
export const rounds = () => {
  const groups = new Map();
  const controls = [...document.querySelectorAll("input, select, textarea")].filter((one) => "form" in one);
  for (const one of controls.filter((one) => one.type === "radio")) {
    const group = `${one.name} ${[...document.forms].indexOf(one.form)}`;
    groups.set(group, (groups.get(group) ?? 0) + 1);
  }
  const options = controls.filter((one) => "options" in one).map((one) => one.options.length + 1);
  const boxes = controls.some((one) => one.type === "checkbox") ? 2 : 0;
  return controls.length === 0 ? 1 : 3 + Math.max(0, boxes, ...options, ...groups.values());
};

/** Leaves the controls as they are (0), empties them (1), fills them in (2), or makes
 *  the next choice (from 3 on). */
export const prepare = (round) => {
  // The browser went elsewhere.
  if (globalThis.acting === undefined) return false;
  document.activeElement?.blur();
  if (round === 0) return true;
  const isFull = round >= 2;
  const text = { url: "http://a.b/", email: "a@b.c", date: "2020-02-03", month: "2020-02", week: "2020-W03" };
  Object.assign(text, { time: "10:20", "datetime-local": "2020-02-03T10:20" });
  const file = (name) => new File([name], `${name}.txt`, { type: "text/plain" });
  const isUsable = (option) => !option.disabled && !option.parentElement?.disabled;
  const write = (one, value) => {
    if (!one.readOnly) one.value = value;
  };
  /** Which of these is chosen; one that is none, if it may be. */
  const made = (one, choices) => (round - 3) % (one.required ? choices : choices + 1);
  const number = (one) => {
    write(one, one.min || one.getAttribute("value") || "0");
    if (!one.readOnly && round > 2) one.stepUp();
  };
  const select = (one) => {
    const options = [...one.options].filter(isUsable);
    if (one.multiple) {
      options.forEach((option, index) => (option.selected = isFull && (round === 2 || index === made(one, options.length))));
    } else if (isFull && options.length > 0 && (round > 2 || one.size <= 1)) {
      // In a list as well, none can be let go.
      options[(round - 2) % options.length].selected = true;
    }
  };
  const radio = (one) => {
    const isSame = (other) => other.name === one.name && other.form === one.form && !other.matches(":disabled");
    const group = [...document.querySelectorAll("input[type=radio i]")].filter(isSame);
    // None can be let go: at first, all else is filled in without them.
    if (round > 2 && group[(round - 3) % group.length] === one) one.checked = true;
  };
  const input = (one) => {
    switch (one.type) {
      case "checkbox":
        return void (one.checked = round % 2 === 0 || (round > 2 && one.required));
      case "radio":
        return radio(one);
      case "file": {
        const chosen = new DataTransfer();
        if (isFull) chosen.items.add(file("one"));
        if (isFull && one.multiple) chosen.items.add(file("two"));
        return void (one.files = chosen.files);
      }
      case "number":
        return isFull ? number(one) : write(one, "");
      case "range":
        return isFull ? write(one, round % 2 === 0 ? one.min || "0" : one.max || "100") : undefined;
      case "hidden": case "submit": case "image": case "button": case "reset": case "color":
        return undefined;
      default:
        return write(one, isFull ? (text[one.type] ?? "x") : "");
    }
  };
  for (const one of document.querySelectorAll("input, select, textarea")) {
    if (!("form" in one) || one.matches(":disabled")) continue;
    if (one.localName === "select") select(one);
    else if (one.localName === "textarea") write(one, isFull ? "x" : "");
    else input(one);
  }
  return true;
};

/** Presses an element. Returns whether something may be sent. */
export const act = (index) => {
  const one = globalThis.acting[index];
  let isValid = true;
  const invalid = () => (isValid = false);
  // It is pressed when it is chosen.
  if (one.type === "radio" && !one.checked) return false;
  document.addEventListener("invalid", invalid, { capture: true });
  one.focus?.();
  const trigger = (one.getAttribute("hx-trigger") ?? one.getAttribute("data-hx-trigger") ?? "").split(/[\s,[]/)[0];
  const isControl = one.matches("input:not([type=submit i], [type=image i], [type=button i]), select, textarea");
  if (trigger !== "" && trigger !== "click" && trigger !== "submit" && trigger !== "load") {
    one.dispatchEvent(new Event(trigger, { bubbles: true }));
  } else if (one instanceof HTMLFormElement) {
    one.requestSubmit();
  } else if (isControl) {
    one.dispatchEvent(new Event("input", { bubbles: true }));
    one.dispatchEvent(new Event("change", { bubbles: true }));
  } else {
    const { left, top } = one.getBoundingClientRect();
    const where = { clientX: left + 1, clientY: top + 1 };
    one.dispatchEvent(new MouseEvent("click", { bubbles: true, cancelable: true, composed: true, ...where }));
  }
  document.removeEventListener("invalid", invalid, { capture: true });
  return isValid;
};
