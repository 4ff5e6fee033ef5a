/** The seller that is a language model: what it is told, the form of its answer, and the asking. Plain Java. */
package org.interregnum.seller.llm;
