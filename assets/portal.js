// The only script of our own: tell a person who uses a screen reader that the list is being renewed.
document.addEventListener("htmx:beforeRequest", (event) => event.detail.target.setAttribute("aria-busy", "true"));
document.addEventListener("htmx:afterRequest", (event) => event.detail.target.removeAttribute("aria-busy"));

// A form sends its empty fields too; the address that is shown and shared is better without them.
document.addEventListener("htmx:configRequest", (event) => {
  const fields = event.detail.formData;
  for (const name of new Set(fields.keys())) if (fields.getAll(name).every((value) => value === "")) fields.delete(name);
});
