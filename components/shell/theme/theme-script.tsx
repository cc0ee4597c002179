/** Runs before the first paint: puts theme, rail width and kind of keyboard on <html>, and follows the system while the choice is "system". */
const script = `(function(){var d=document,r=d.documentElement,m=matchMedia("(prefers-color-scheme: dark)");
function c(n){var f=d.cookie.match(new RegExp("(?:^|; )"+n+"=([^;]*)"));return f?f[1]:""}
function a(){var t=c("slipway-theme");r.dataset.theme=t==="dark"||t==="light"?t:m.matches?"dark":"light"}
a();m.addEventListener("change",a);addEventListener("slipway-theme",a);
if(c("slipway-rail")==="narrow")r.dataset.rail="narrow";if(/Mac|iPhone|iPad/.test(navigator.platform))r.dataset.keys="apple"})()`;

export type ThemeScriptProps = { nonce?: string };

/** Goes first in <head>; <html> needs `suppressHydrationWarning`, for the script writes attributes on it. */
export function ThemeScript({ nonce }: ThemeScriptProps) {
  return (
    <script nonce={nonce} suppressHydrationWarning>
      {script}
    </script>
  );
}
