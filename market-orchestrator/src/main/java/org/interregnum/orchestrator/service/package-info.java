/**
 * Many runs in one process, for as long as it lives and beyond: created, watched, paused, stopped, and taken up again by
 * the process that comes after it.
 */
package org.interregnum.orchestrator.service;
