"""The mock services fail, stall and repeat at random while the sender is killed.

far       a mock service in simulated time that fails at random, and a sender that can be killed
marks     the result of each message according to the database
test_simulated    thousands of messages in simulated time, on both databases

All randomness comes from one seed, which a failure prints.
"""
