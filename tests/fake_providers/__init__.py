"""Stand-ins for paid services: each speaks one provider's wire contract over a real socket and
refuses whatever that provider would refuse."""
