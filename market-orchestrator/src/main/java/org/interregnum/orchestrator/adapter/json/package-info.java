/** Adapter: decisions of models as lines of JSON, for every log that keeps them. */
package org.interregnum.orchestrator.adapter.json;
