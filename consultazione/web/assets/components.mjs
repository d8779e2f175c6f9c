// The components of the design system that the pages use; `packages.py` joins them at set-up with
// what they import. A template that asks for another one (data-bs-toggle) needs its line here.

import "bootstrap-italia/dist/plugins/dropdown.js";
import "bootstrap-italia/dist/plugins/navbar-collapsible.js";
