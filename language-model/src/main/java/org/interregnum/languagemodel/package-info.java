/**
 * Asks language models for decisions: each call bounded, counted and recorded. Knows nothing of markets; the agents bring
 * the prompt and the form of the answer.
 */
package org.interregnum.languagemodel;
