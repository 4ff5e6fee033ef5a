"""A seller agent that asks for the unit cost and a markup that grows with its market share."""

import argparse
import math
import pathlib
import signal
import sys
from concurrent.futures import ThreadPoolExecutor

import grpc

sys.path.insert(0, str(pathlib.Path(__file__).with_name("stubs")))
import health_pb2, health_pb2_grpc
from contract import fault
from interregnum.agent.v1 import agent_pb2, seller_agent_pb2, seller_agent_pb2_grpc

DESCRIPTION = agent_pb2.AgentDescription(name="python-markup-seller", version="1.0.0", strategies=["markup"])
SERVICES = ("", "interregnum.agent.v1.SellerAgentService")
LARGEST_MESSAGE = 16 << 20  # as the contract says; gRPC alone would refuse more than 4 MiB


def price(request):
    """The rule. It remembers nothing and draws nothing, so a request always means the same price."""
    share = request.market.shares[request.seller]
    return max(request.unit_cost, request.unit_cost + 0.1 + 8.0 * share + request.price_noise)


class Seller(seller_agent_pb2_grpc.SellerAgentServiceServicer):
    def DescribeSellerAgent(self, request, context):
        return seller_agent_pb2.DescribeSellerAgentResponse(agent=DESCRIPTION)

    def DecidePrice(self, request, context):
        if request.strategy and request.strategy not in DESCRIPTION.strategies:
            context.abort(grpc.StatusCode.FAILED_PRECONDITION, f"this agent offers: {', '.join(DESCRIPTION.strategies)}")
        wrong = fault(request)
        if wrong is None and math.isinf(price(request)):
            wrong = "the numbers are so large that the price overflows"
        if wrong:
            context.abort(grpc.StatusCode.INVALID_ARGUMENT, wrong)
        return seller_agent_pb2.DecidePriceResponse(price=price(request), outcome=agent_pb2.DECISION_OUTCOME_RULE)


class Health(health_pb2_grpc.HealthServicer):
    def Check(self, request, context):
        if request.service not in SERVICES:
            context.abort(grpc.StatusCode.NOT_FOUND, "there is no such service")
        return health_pb2.HealthCheckResponse(status=health_pb2.HealthCheckResponse.SERVING)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=9001, help="0 for any that is free")
    options = parser.parse_args()
    # Before there are threads: all of them leave the signals to the last line but one.
    signals = {signal.SIGINT, signal.SIGTERM}
    signal.pthread_sigmask(signal.SIG_BLOCK, signals)
    # Without the second option, two agents could share a port without a word.
    limits = [("grpc.max_receive_message_length", LARGEST_MESSAGE), ("grpc.so_reuseport", 0)]
    server = grpc.server(ThreadPoolExecutor(max_workers=4), options=limits)
    seller_agent_pb2_grpc.add_SellerAgentServiceServicer_to_server(Seller(), server)
    health_pb2_grpc.add_HealthServicer_to_server(Health(), server)
    try:
        port = server.add_insecure_port(f"{options.host}:{options.port}")
    except RuntimeError:
        port = 0
    if port == 0:
        sys.exit(f"cannot listen on {options.host}:{options.port}")
    server.start()
    print(f"seller agent listens on {options.host}:{port}", flush=True)
    signal.sigwait(signals)
    server.stop(grace=5).wait()  # what was asked is still answered


if __name__ == "__main__":
    main()
