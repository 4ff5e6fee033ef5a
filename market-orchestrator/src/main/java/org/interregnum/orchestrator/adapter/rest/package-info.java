/** The control API of the orchestrator service over HTTP, and the service as a Quarkus application. */
package org.interregnum.orchestrator.adapter.rest;
