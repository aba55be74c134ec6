/* The first frame looks as the last one did: no white flash on the way into a calm screen. */
(function () {
  try {
    var path = location.pathname.replace(/\/$/, "");
    var look = path === "/capture" ? "soft" : localStorage.getItem("journal.shown");
    if (!look || look === "auto") return;
    document.documentElement.dataset.look = look;
    var scheme = document.querySelector("meta[name='color-scheme']");
    if (scheme) scheme.content = look === "light" ? "light" : "dark";
  } catch {
    // A browser without storage begins as the phone does.
  }
})();
