// Runs before the first paint: the theme and the language that were chosen here before.
"use strict";
try {
  const theme = localStorage.getItem("ticketbooth.theme");
  if (theme === "light" || theme === "dark") document.documentElement.dataset.theme = theme;
  const chosen = localStorage.getItem("ticketbooth.language");
  const chinese = chosen ? chosen === "zh" : /^zh\b/i.test(navigator.language);
  document.documentElement.lang = chinese ? "zh-CN" : "en";
} catch {
  // A browser that keeps nothing for us gets its own theme and English.
}
