"""What SellerAgentService asks of a request, for any seller agent."""

import math


def fault(request):
    """What breaks the contract in a request, in one line; None if nothing does."""
    prices, shares = request.market.prices, request.market.shares
    rules = {
        "step must be at least 1": request.step >= 1,
        "market.prices must have at least 3 elements": len(prices) >= 3,
        "market.shares must have one element for each seller": len(shares) == len(prices),
        "market.prices must be finite and at least 0": all(0 <= each < math.inf for each in prices),
        "market.shares must be from 0 to 1": all(0 <= each <= 1 + 1e-6 for each in shares),
        "seller must be one of the sellers of the market": 0 <= request.seller < len(prices),
        "price_premiums must be finite": all(map(math.isfinite, request.price_premiums)),
        "unit_cost must be finite and at least 0": 0 <= request.unit_cost < math.inf,
        "cost_cap must be from 0 to 1": 0 <= request.cost_cap <= 1,
        "price_noise must be finite": math.isfinite(request.price_noise),
    }
    return next((rule for rule, holds in rules.items() if not holds), None)
