// Stands before the rest of the page's script: the engine takes longest to be there, so its worker begins while the page is still read.

{
  const glue = "\nself.onmessage = (event) => { let answer;" +
    " try { answer = self.rasplensEngine(event.data.verb, event.data.fields); }" +
    " catch (e) { answer = JSON.stringify({error: {code: 'E9900', message: 'internal error: ' + e, file: null, line: null, column: null}}); }" +
    " self.postMessage({id: event.data.id, answer}); };";

  /** A worker with the engine in it; throws where none may be made. */
  const start = () => {
    const code = document.getElementById("engine").textContent;
    return new Worker(URL.createObjectURL(new Blob([code, "\nmain([]);\n", glue], { type: "text/javascript" })));
  };

  let first = null;
  try {
    first = start();
    first.onerror = (event) => {
      event.preventDefault();
      first.failed = true;
    };
  } catch (e) {
    // The page asks again when it has a question, and answers it without a worker.
  }
  /** The first worker, then new ones. */
  globalThis.rasplensWorker = () => {
    const made = first ?? start();
    first = null;
    return made;
  };
}
