// Says below a text how many characters are left; the limit itself is the server's.
for (const form of document.querySelectorAll("form[data-left]")) {
  for (const field of form.querySelectorAll("[data-counted]")) {
    const limit = Number(field.dataset.counted);
    const note = document.createElement("p");
    note.className = "speaker-left";
    note.id = `${field.id}-left`;
    note.setAttribute("aria-live", "polite");
    field.after(note);
    field.setAttribute("aria-describedby", [field.getAttribute("aria-describedby"), note.id].filter(Boolean).join(" "));
    const tell = () => {
      const left = limit - [...field.value.normalize("NFC")].length;
      const words = left < 0 ? form.dataset.over : form.dataset.left;
      note.textContent = words.replace("{count}", Math.abs(left));
      note.classList.toggle("speaker-left--over", left < 0);
    };
    field.addEventListener("input", tell);
    tell();
  }
}
