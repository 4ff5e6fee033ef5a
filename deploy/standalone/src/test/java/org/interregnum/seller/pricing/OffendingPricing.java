package org.interregnum.seller.pricing;

import java.util.Random;
import org.interregnum.orchestrator.model.OffendingModel;

/** Draws numbers and looks into the orchestrator: neither is an agent's business. */
public final class OffendingPricing {
    OffendingModel model;
    Random random;
}
