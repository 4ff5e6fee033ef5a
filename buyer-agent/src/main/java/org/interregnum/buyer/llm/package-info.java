/** The buyer that is a language model: what it is told, the forms of its answers, and the asking. Plain Java. */
package org.interregnum.buyer.llm;
