// How a phone says "it is your turn": a vibration, two soft tones, and a screen that stays lit until then.

const VIBRATION = [240, 120, 240, 120, 480];
const TONES = [659.3, 523.3]; // E5, C5: the hall's own falling third

let audio: AudioContext | null = null;

/** Vibrates, and rings when the citizen asked for it. */
export function ring(): void {
  // Browsers answer false without a touch on this page before; some phones cannot vibrate at all.
  if (typeof navigator.vibrate === "function") navigator.vibrate(VIBRATION);
  if (audio !== null) play(audio);
}

/** Lets the page ring later: browsers allow sound only after a touch, so this is called in one. Rings once as proof. */
export function allowRinging(): void {
  const Context = window.AudioContext ?? (window as { webkitAudioContext?: typeof AudioContext }).webkitAudioContext;
  if (audio === null && Context !== undefined) audio = new Context();
  void audio?.resume();
  ring();
}

function play(context: AudioContext): void {
  void context.resume();
  TONES.forEach((pitch, i) => {
    const start = context.currentTime + 0.05 + i * 0.32;
    const tone = context.createOscillator();
    const loudness = context.createGain();
    tone.frequency.value = pitch;
    loudness.gain.setValueAtTime(0, start);
    loudness.gain.linearRampToValueAtTime(0.4, start + 0.02);
    loudness.gain.exponentialRampToValueAtTime(0.001, start + 0.7);
    tone.connect(loudness).connect(context.destination);
    tone.start(start);
    tone.stop(start + 0.75);
  });
}

/** Keeps the screen lit while the page is in front, where the browser can. Returns its own undoing. */
export function stayLit(): () => void {
  const lights = (navigator as Partial<Pick<Navigator, "wakeLock">>).wakeLock;
  if (lights === undefined) return () => undefined;
  let lock: WakeLockSentinel | null = null;
  let over = false;
  const ask = () => {
    if (over || document.visibilityState !== "visible") return;
    lights.request("screen").then(
      (granted) => {
        if (over) void granted.release();
        else lock = granted;
      },
      () => undefined, // The battery is low, or the citizen said no: the page works without.
    );
  };
  // A page that was hidden has lost its lock.
  document.addEventListener("visibilitychange", ask);
  ask();
  return () => {
    over = true;
    document.removeEventListener("visibilitychange", ask);
    void lock?.release();
  };
}
