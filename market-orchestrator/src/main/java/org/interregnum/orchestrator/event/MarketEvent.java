package org.interregnum.orchestrator.event;

/** One entry of a run's log. Events are values: nobody writes to their arrays. */
public sealed interface MarketEvent permits RunStarted, MarketOpened, StepTaken, MarketChange, RunEnded {}
