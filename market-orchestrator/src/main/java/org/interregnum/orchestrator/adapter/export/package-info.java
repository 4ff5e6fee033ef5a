/** Adapter: the files of a run that people and scripts read, in formats that other programs know. */
package org.interregnum.orchestrator.adapter.export;
