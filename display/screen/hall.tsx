// The display at work: joins the connection, the names, the voice and the memory, and hands the picture on.
import type { JSX } from "preact";
import { useEffect, useMemo, useReducer, useRef, useState } from "preact/hooks";
import { useNow } from "../../server/screens/shared/hooks.ts";
import { fetchBytes } from "../../server/screens/shared/http.ts";
import { connectLive } from "../../server/screens/shared/live.ts";
import type { Session } from "../../server/screens/shared/wire.ts";
import { HallFeed } from "./feed.ts";
import { isOld, switchedOn } from "./freshness.ts";
import { type HallNames, isOf, recall, remember } from "./memory.ts";
import { useHallNames } from "./names.ts";
import { HallPicture } from "./picture.tsx";
import { oldCalls } from "./view.ts";
import { type SoundState, Voice } from "./voice.ts";
import type { Wishes } from "./wishes.ts";

const SOUND_WITHIN = 5_000;
// So that the clock and the word of a lost connection are half a second late at most.
const REDRAW_EVERY = 500;
const REMEMBER_EVERY = 10_000;

/** What can be shown before the server has said who this device is: the last picture, marked as old. */
export function StartingHall({ wishes }: { wishes: Wishes }): JSX.Element {
  const [memory] = useState(recall);
  const [start] = useState(() => switchedOn(performance.now()));
  const now = useNow(REDRAW_EVERY);
  return (
    <HallPicture
      wishes={wishes}
      now={now}
      names={memory?.names ?? null}
      shown={memory === null ? [] : oldCalls(memory.board)}
      waiting={memory?.board.waiting ?? {}}
      stale
      old={isOld(start, performance.now()) ? { seen: memory?.seen ?? null } : null}
      refused={false}
      sound="off"
      onAllowSound={() => undefined}
    />
  );
}

export function ConnectedHall(props: { session: Session; token: string; wishes: Wishes }): JSX.Element {
  const { session, token, wishes } = props;
  const { site, device } = session;
  const hall = device?.hall ?? null;
  const [memory] = useState(() => {
    const found = recall();
    return found !== null && isOf(found, site, hall) ? found : null;
  });
  const [, redraw] = useReducer((count: number, _: void) => count + 1, 0);
  const voice = useMemo(() => (wishes.sound ? loudspeaker(site.code, () => redraw()) : null), [site.code]);
  const live = useMemo(() => connectLive(token), [token]);
  const feed = useMemo(() => {
    const subject = hall === null ? { site: site.code } : { site: site.code, hall: hall.code };
    return new HallFeed(live, subject, {
      steady: () => performance.now(),
      own: () => Date.now(),
      speak: voice === null ? null : (callId) => voice.say(callId),
      changed: () => redraw(),
    });
  }, [live, voice]);
  useEffect(() => feed.start(), [feed]);
  useEffect(() => () => live.close(), [live]);
  useEffect(() => (voice === null ? undefined : allowAtTouch(voice)), [voice]);
  useNow(REDRAW_EVERY);
  const names = useHallNames(session, memory?.names ?? null, feed.freshness.fresh);
  useMemory(feed, names);
  const sound = voice?.state ?? "off";
  usePublished(feed, sound);

  const { board, freshness, announcer } = feed;
  return (
    <HallPicture
      wishes={wishes}
      now={feed.now()}
      names={names}
      shown={board !== null ? announcer.shown : memory !== null ? oldCalls(memory.board) : []}
      waiting={(board ?? memory?.board)?.waiting ?? {}}
      stale={board === null}
      old={isOld(freshness, performance.now()) ? { seen: feed.seen ?? memory?.seen ?? null } : null}
      refused={feed.refused}
      sound={sound}
      onAllowSound={() => void voice?.allow()}
    />
  );
}

function loudspeaker(site: string, changed: () => void): Voice | null {
  if (typeof AudioContext === "undefined") return null;
  const fetchSound = (callId: string) => fetchBytes(`/sites/${site}/calls/${callId}/voice`, { timeout: SOUND_WITHIN });
  return new Voice(new AudioContext(), fetchSound, changed);
}

/** Until the screen goes: any touch or key allows sound, not only the button: a remote control may have no pointer. */
function allowAtTouch(voice: Voice): () => void {
  const allow = () => void voice.allow();
  allow();
  const touches = ["pointerdown", "keydown"];
  touches.forEach((touch) => window.addEventListener(touch, allow));
  return () => {
    touches.forEach((touch) => window.removeEventListener(touch, allow));
    voice.close();
  };
}

/** Writes the picture down now and then, so that the next start without network has something to show. */
function useMemory(feed: HallFeed, names: HallNames): void {
  const latest = useRef(names);
  latest.current = names;
  useEffect(() => {
    const write = () => {
      if (feed.board !== null && feed.freshness.fresh) {
        remember({ names: latest.current, board: feed.board, seen: feed.now() });
      }
    };
    const timer = setInterval(write, REMEMBER_EVERY);
    window.addEventListener("pagehide", write);
    return () => {
      clearInterval(timer);
      window.removeEventListener("pagehide", write);
    };
  }, [feed]);
}

/** Says on <html> what was announced and how the screen is, for whoever looks after it from outside. */
function usePublished(feed: HallFeed, sound: SoundState): void {
  const announced = feed.announcer.announced.join(" ");
  const now = feed.announcer.shown.find(({ place }) => place === "now")?.call.call_id ?? "";
  const { fresh } = feed.freshness;
  useEffect(() => {
    const facts = document.documentElement.dataset;
    facts["announced"] = announced;
    facts["now"] = now;
    facts["live"] = fresh ? "yes" : "no";
    facts["sound"] = sound;
  }, [announced, now, fresh, sound]);
}
