'use strict';
// Adds the phone's position to a report, if its owner allows it, and makes photos smaller before they are sent. The page
// works without.
(() => {
  const sideMax = 1600;

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

  for (const input of document.querySelectorAll('input[type=file]')) {
    input.accept = 'image/*'; // Whatever the phone can show becomes a JPEG.
    input.addEventListener('change', async () => {
      try {
        const files = await Promise.all([...input.files].map(smaller));
        const list = new DataTransfer();
        for (const file of files) list.items.add(file);
        input.files = list.files;
      } catch {
        // The server makes them smaller as well.
      }
    });
  }

  if (!navigator.geolocation) return;
  for (const box of document.querySelectorAll('.position')) {
    const button = box.querySelector('button');
    const status = box.querySelector('span');
    const field = (name) => box.querySelector(`input[name=${name}]`);
    box.hidden = false;
    button.addEventListener('click', () => {
      status.textContent = box.dataset.asking;
      navigator.geolocation.getCurrentPosition(({ coords }) => {
        field('latitude').value = coords.latitude.toFixed(6);
        field('longitude').value = coords.longitude.toFixed(6);
        field('accuracy').value = Math.round(coords.accuracy);
        status.textContent = box.dataset.known;
        button.hidden = true;
      }, () => { status.textContent = box.dataset.refused; }, { enableHighAccuracy: true, timeout: 15000, maximumAge: 60000 });
    });
  }
})();
