// Where the map stands: it writes that into the address without asking the server, so here the server is told.
export default function ({ data, setStateValue }) {
  const at = new URLSearchParams(location.search).get("at") ?? "";
  if (at !== data.at) setStateValue("at", at);
}
