import { useEffect, useState } from "react";

interface Answer {
  note: string;
  answer: string;
}

/** The files of the mount; a click asks the model about one. */
export function Notes() {
  const [notes, setNotes] = useState<string[]>([]);
  const [answer, setAnswer] = useState<Answer | null>(null);
  const [failure, setFailure] = useState("");

  async function get<T>(path: string): Promise<T> {
    const response = await fetch(path);
    const body = await response.json();
    if (!response.ok) {
      throw new Error(body.error);
    }

    return body;
  }

  useEffect(() => void get<string[]>("api/notes").then(setNotes, (problem: Error) => setFailure(problem.message)), []);

  return (
    <section>
      <h2>Notes</h2>
      {failure && <p role="alert">{failure}</p>}
      <ul>
        {notes.map((note) => (
          <li key={note}>
            <button onClick={() => void get<Answer>(`api/ask?note=${encodeURIComponent(note)}`).then(setAnswer, (problem: Error) => setFailure(problem.message))}>{note}</button>
          </li>
        ))}
      </ul>
      <output>{answer?.answer}</output>
    </section>
  );
}
