// Some tests jump in time, which everything in the fixture feels.
[assembly: Xunit.v3.Parallelization(Mode = Xunit.Sdk.ParallelMode.None)]
[assembly: AssemblyFixture(typeof(PaymentsSystem))]
