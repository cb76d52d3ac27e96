// Paths are relative, so the page works under whatever public path the manifest gives it.
for (const form of document.querySelectorAll("form")) {
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const output = form.querySelector("output");
    output.value = "…";
    try {
      const response = await fetch(form.dataset.call, {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify(Object.fromEntries(new FormData(form))),
      });
      const result = await response.json();
      output.value = response.ok ? show(result, form.dataset.show) : result.error;
    } catch {
      output.value = "The workload does not answer. Is it still running?";
    }
  });
}

function show(result, field) {
  return field ? result[field] : `${result.words} words, ${result.characters} characters, longest: ${result.longest}`;
}
