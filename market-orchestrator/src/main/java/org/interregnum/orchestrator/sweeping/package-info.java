/** A sweep with its directory and journal: its cells run on all cores, what is missing found and done, tables written. */
package org.interregnum.orchestrator.sweeping;
