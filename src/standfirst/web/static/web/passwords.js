// Rules that tick off as they are met, and a button that shows what was typed. The server decides; this only helps.

const RULES = {
  length: (text) => [...text].length >= 6,
  upper: (text) => /\p{Lu}/u.test(text),
  lower: (text) => /\p{Ll}/u.test(text),
  digit: (text) => /\p{Nd}/u.test(text),
};

/** Take over all password fields, those put into the page later too. */
export function takeOverPasswords() {
  document.addEventListener("input", (event) => tickOff(event.target));
  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-reveal]");
    if (button) reveal(button);
  });
  readyPasswords(document);
}

/** Show the buttons inside `root`, which do nothing without script, and tick what is typed already. */
export function readyPasswords(root) {
  for (const button of root.querySelectorAll("[data-reveal]")) button.hidden = false;
  for (const list of root.querySelectorAll("[data-rules-for]")) {
    const input = document.getElementById(list.dataset.rulesFor);
    if (input) tickOff(input);
  }
}

function tickOff(input) {
  const list = input.id && document.querySelector(`[data-rules-for="${CSS.escape(input.id)}"]`);
  if (!list) return;
  for (const item of list.querySelectorAll("[data-rule]")) {
    const met = RULES[item.dataset.rule](input.value);
    item.toggleAttribute("data-met", met);
    const state = item.querySelector("[data-rule-state]");
    if (state) state.textContent = met ? `, ${list.dataset.metText}` : "";
  }
}

function reveal(button) {
  const input = document.getElementById(button.dataset.reveal);
  const show = input.type === "password";
  input.type = show ? "text" : "password";
  button.textContent = show ? button.dataset.hide : button.dataset.show;
  button.setAttribute("aria-label", show ? button.dataset.hideLabel : button.dataset.showLabel);
  input.focus();
}
