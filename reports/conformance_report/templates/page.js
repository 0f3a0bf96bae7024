'use strict';
(function () {
  var status = document.getElementById('status');

  function say(text) {
    status.textContent = text;
    window.clearTimeout(say.timer);
    say.timer = window.setTimeout(function () { status.textContent = ''; }, 4000);
  }

  /* Copying: a page read from disk may have no clipboard, so the text is selected and the old command tried. */
  function select(element) {
    var range = document.createRange();
    range.selectNodeContents(element);
    var selection = window.getSelection();
    selection.removeAllRanges();
    selection.addRange(range);
    element.focus();
  }

  function copyBySelection(element) {
    select(element);
    var done = false;
    try { done = document.execCommand('copy'); } catch (refused) { done = false; }
    say(done ? 'Copied.' : 'Selected: press Ctrl+C or Cmd+C to copy.');
  }

  /* The parts that programs share are on the page once; each program gets its own again. */
  document.querySelectorAll('a.shared').forEach(function (place) {
    var part = document.getElementById(place.getAttribute('href').slice(1));
    if (part) { place.replaceWith(document.createTextNode(part.textContent)); }
  });
  var shared = document.getElementById('shared');
  if (shared) { shared.hidden = true; }

  document.querySelectorAll('button.copy').forEach(function (button) {
    button.hidden = false;
    button.addEventListener('click', function () {
      var element = document.getElementById(button.dataset.copy);
      if (!navigator.clipboard) { copyBySelection(element); return; }
      navigator.clipboard.writeText(element.textContent).then(
        function () { say('Copied.'); },
        function () { copyBySelection(element); }
      );
    });
  });

  /* A link to something folded away unfolds it. */
  function unfold() {
    var id = '';
    try { id = decodeURIComponent(window.location.hash.slice(1)); } catch (malformed) { return; }
    var element = id && document.getElementById(id);
    if (!element) { return; }
    for (var node = element; node; node = node.parentElement) {
      if (node.tagName === 'DETAILS') { node.open = true; }
    }
    element.scrollIntoView();
  }
  window.addEventListener('hashchange', unfold);
  unfold();

  var wereOpen = [];
  window.addEventListener('beforeprint', function () {
    wereOpen = Array.from(document.querySelectorAll('details.card:not([open])'));
    wereOpen.forEach(function (details) { details.open = true; });
  });
  window.addEventListener('afterprint', function () {
    wereOpen.forEach(function (details) { details.open = false; });
  });

  /* The filter. */
  var form = document.getElementById('filter');
  if (!form) { return; }
  form.hidden = false;
  var field = form.querySelector('input[type=search]');
  var boxes = Array.from(form.querySelectorAll('input[type=checkbox]'));
  var sections = Array.from(document.querySelectorAll(form.dataset.sections)).map(function (section) {
    var rows = Array.from(section.querySelectorAll('tbody tr')).map(function (row) {
      return { row: row, text: row.textContent.toLowerCase(), mark: row.dataset.mark };
    });
    return { section: section, rows: rows };
  });
  var count = form.querySelector('output');

  function apply() {
    var words = field.value.toLowerCase().split(/\s+/).filter(Boolean);
    var marks = boxes.filter(function (box) { return box.checked; }).map(function (box) { return box.value; });
    var shown = 0;
    var all = 0;
    sections.forEach(function (entry) {
      var here = 0;
      entry.rows.forEach(function (item) {
        var fits = marks.includes(item.mark) && words.every(function (word) { return item.text.includes(word); });
        item.row.hidden = !fits;
        here += fits ? 1 : 0;
      });
      entry.section.hidden = here === 0;
      shown += here;
      all += entry.rows.length;
    });
    count.textContent = shown === all ? 'All ' + all + ' shown' : shown + ' of ' + all + ' shown';
  }

  form.addEventListener('input', apply);
  form.addEventListener('submit', function (event) { event.preventDefault(); });
  apply();
}());
