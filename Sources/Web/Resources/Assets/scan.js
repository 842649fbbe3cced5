'use strict';
// Reads the code of a plate with the camera and goes where it leads; only the token is taken from what was read, so that
// no code leads anywhere else.
(() => {
  const button = document.getElementById('scan-start');
  const view = document.getElementById('scan-view');
  const status = document.getElementById('scan-status');
  const plate = /\/p\/([0-9A-Z]{16})$/i;
  let scanner = null;

  const read = async (text) => {
    const token = plate.exec(text)?.[1];
    if (!token) {
      status.textContent = view.dataset.notOurs;
      return;
    }
    await scanner.stop().catch(() => {});
    location.href = view.dataset.plate + token.toUpperCase();
  };

  button.hidden = false;
  button.addEventListener('click', async () => {
    button.hidden = true;
    status.textContent = view.dataset.searching;
    try {
      scanner = new Html5Qrcode('scan-view', { formatsToSupport: [Html5QrcodeSupportedFormats.QR_CODE], verbose: false });
      await scanner.start({ facingMode: 'environment' }, { fps: 10, disableFlip: true }, read, () => {});
    } catch {
      status.textContent = view.dataset.refused;
      button.hidden = false;
    }
  });
})();
