// Makes pages a little better; every page works without it.
"use strict";

// After a refused form, go to what says so.
document.querySelector(".errors[tabindex]")?.focus();

// A form is sent once, however often the button is pressed. The server copes with more; people need not.
for (const form of document.querySelectorAll("form[method=post]")) {
    form.addEventListener("submit", (event) => {
        if (form.dataset.sent) {
            event.preventDefault();
            return;
        }
        form.dataset.sent = "yes";
        window.setTimeout(() => delete form.dataset.sent, 5000);
    });
}
window.addEventListener("pageshow", () => {
    for (const form of document.querySelectorAll("form[data-sent]")) delete form.dataset.sent;
});

// Ask before what cannot be undone.
for (const button of document.querySelectorAll("button[data-confirm]")) {
    button.addEventListener("click", (event) => {
        if (!window.confirm(button.dataset.confirm)) event.preventDefault();
    });
}

// Say how much room is left in a long text.
for (const area of document.querySelectorAll("textarea[maxlength]")) {
    const room = document.createElement("p");
    room.className = "hint";
    room.setAttribute("aria-hidden", "true");
    const update = () => {
        const left = area.maxLength - area.value.length;
        room.textContent = left < area.maxLength / 5 ? `${area.value.length} / ${area.maxLength}` : "";
    };
    area.after(room);
    area.addEventListener("input", update);
    update();
}

// Lists that live: a region with data-refresh="seconds" is fetched again while nobody types in it.
for (const region of document.querySelectorAll("[data-refresh][id]")) {
    const seconds = Math.max(2, Number(region.dataset.refresh) || 10);
    window.setInterval(async () => {
        if (document.hidden || region.contains(document.activeElement)) return;
        try {
            const answer = await fetch(window.location.href, { headers: { Accept: "text/html" } });
            if (!answer.ok || answer.redirected) return;
            const page = new DOMParser().parseFromString(await answer.text(), "text/html");
            const fresh = page.getElementById(region.id);
            if (fresh && fresh.innerHTML !== region.innerHTML) region.innerHTML = fresh.innerHTML;
        } catch {
            // The next turn tries again.
        }
    }, seconds * 1000);
}
