'use strict';
// Adds the phone's position to a report, if its owner allows it. The page works without.
(() => {
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
