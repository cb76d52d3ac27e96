import { useEffect, useState } from "react";

/** Beats of the WebSocket that another workload serves under the same origin. */
export function Pulse() {
  const [beat, setBeat] = useState("waiting");

  useEffect(() => {
    const socket = new WebSocket(new URL("pulse", location.href.replace(/^http/, "ws")));
    socket.onmessage = ({ data }) => setBeat(String(data));
    socket.onclose = () => setBeat("gone");
    return () => {
      socket.onclose = null;
      socket.close();
    };
  }, []);

  return <p id="pulse">Pulse: {beat}</p>;
}
