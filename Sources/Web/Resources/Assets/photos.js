'use strict';
// Makes photos smaller before they are sent, and a JPEG of whatever the phone can show. Pages work without it.
(() => {
  const sideMax = 1600;
  const isForPhotos = (input) => input instanceof HTMLInputElement && input.type === 'file';

  const smaller = async (file) => {
    const picture = await createImageBitmap(file, { imageOrientation: 'from-image' });
    const scale = Math.min(1, sideMax / Math.max(picture.width, picture.height));
    const canvas = document.createElement('canvas');
    canvas.width = Math.round(picture.width * scale);
    canvas.height = Math.round(picture.height * scale);
    canvas.getContext('2d').drawImage(picture, 0, 0, canvas.width, canvas.height);
    const blob = await new Promise((done) => canvas.toBlob(done, 'image/jpeg', 0.8));
    return new File([blob], 'photo.jpg', { type: 'image/jpeg' });
  };

  document.addEventListener('click', ({ target }) => { if (isForPhotos(target)) target.accept = 'image/*'; }, true);
  document.addEventListener('change', async ({ target: input }) => {
    if (!isForPhotos(input)) return;
    try {
      const files = await Promise.all([...input.files].map(smaller));
      const list = new DataTransfer();
      for (const file of files) list.items.add(file);
      input.files = list.files;
    } catch {
      // The server makes them smaller as well.
    }
  });
})();
