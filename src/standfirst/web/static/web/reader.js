// What a reader's browser does beyond plain HTML: the wall's form without leaving the page, the story going on in place,
// and tabs that agree on whether somebody is signed in. All of it also works, with page loads, without script.

import { loadBar } from "./bar.js";
import { takeOverForms } from "./forms.js";
import { takeOverPasswords } from "./passwords.js";
import { agreeAlways } from "./unlock.js";

takeOverPasswords();
takeOverForms();
agreeAlways();
loadBar();
