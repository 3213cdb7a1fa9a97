// The timeline on the page: what Python says is drawn, what the reader does is told, and the player's days are followed.
const { incidentAtlas } = window;

export default function ({ data, parentElement, setTriggerValue }) {
  if (!parentElement.timeline) {
    const told = {
      dates: (dates) => setTriggerValue("dates", dates || []),
      bins: (step, isZoomed) => setTriggerValue("bins", [step, isZoomed]),
    };
    const timeline = new incidentAtlas.Timeline(parentElement.querySelector(".frame"), told);
    const channel = new BroadcastChannel(data.channel);
    channel.onmessage = (event) => timeline.mark(event.data);
    parentElement.timeline = { timeline, channel };
  }
  parentElement.timeline.timeline.show(data);
  return () => {
    parentElement.timeline?.channel.close();
    parentElement.timeline = null;
  };
}
