// @ts-check
// Leads from an address that ends in `#voce-N` to the page of the chronicle that holds entry N.
// Links of today say so in their query; those of minutes that were sealed before do not.
//
// templates/sittings/chronicle.html loads this module; it exports nothing.

const number = /^#voce-(\d{1,15})$/.exec(location.hash)?.[1];
const asked = new URLSearchParams(location.search).has("voce");
if (number && !asked && !document.getElementById(`voce-${number}`)) {
  location.replace(`${location.pathname}?voce=${number}${location.hash}`);
}
