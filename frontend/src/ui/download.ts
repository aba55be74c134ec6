/** Puts a file of JSON where the browser keeps what it downloads. */
export function download(name: string, json: string): void {
  downloadBlob(name, new Blob([json], { type: "application/json" }), 60_000);
}

/** The same for any file; after so many milliseconds the window itself no longer has it. */
export function downloadBlob(name: string, blob: Blob, handover: number): void {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), handover);
}
