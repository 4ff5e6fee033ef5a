/** The wording of prompts: templates that a person can read, change and add to, and the numbers that are put into them. */
package org.interregnum.languagemodel.wording;
