using ExplainSample;
using NetGen;
using NetGen.Reports;
using SamplesShared;

const int Side = Digits.Side, Area = Digits.Area;
const float Epsilon = 0.1f;

return Experiment.Run(new(
    "explain", "What a network looks at, and how it is deceived", "a folder with MNIST's files; drawn digits unless told otherwise",
    new ExperimentOption("--epochs", 10, "times through the digits"), new ExperimentOption("--samples", 12_000, "digits that are drawn to train on")), args, run =>
{
    int epochs = run.Number("--epochs");
    (DataSet train, DataSet test) = run.Data is { } folder ? Mnist.Load(folder) : DrawnDigits.Create(seed: 1, train: run.Number("--samples"), test: 1000);
    test = test.Shuffle(seed: 1).Take(Math.Clamp(run.Number("--samples") / 12, 50, 1000));
    var net = new MapNet(seed: 1);
    var convNet = new ModelZoo.ConvNet(seed: 1);
    // Small batches and many of them: the surer a network becomes, the easier it is deceived.
    double accuracy = Train(net, new AdamW(weightDecay: 1e-2), batch: 64, 6e-3), convAccuracy = Train(convNet, new Adam(), batch: 16, 3e-3);
    Experiment.Say($"{train.Count} digits to train on, {test.Count} to test on: MapNet {accuracy:0.000}, ConvNet {convAccuracy:0.000}");
    using NetworkPass pass = ((INetwork)net).CreatePass(batch: 1, threads: 1);

    run.Report.Heading("Filters").Filters(net.Parameters["conv1.weight"]);
    Excite();
    Dream();
    LookAt();
    Deceive();

    double Train(INetwork network, Optimizer optimizer, int batch, double rate)
    {
        using Trainer trainer = network.CreateTrainer(optimizer, Loss.CrossEntropy, batch);
        return trainer.Fit(train, epochs, test, LearningRate.OneCycle(rate)).Last.ValidationAccuracy!.Value;
    }

    // The digits for which one place of a map is highest.
    void Excite()
    {
        const int Units = 6, Most = 8;
        var highest = new float[test.Count, Units];
        for (int n = 0; n < test.Count; n++)
        {
            pass.Forward(test.Sample(n));
            ReadOnlySpan<float> maps = pass.Activations["maps"];
            for (int unit = 0; unit < Units; unit++)
                highest[n, unit] = System.Numerics.Tensors.TensorPrimitives.Max(maps.Slice(unit * 49, 49));
        }
        run.Report.Heading("Units").Images("A line for each of six units of the last convolution: the digits that excite it most",
            Enumerable.Range(0, Units).Select(unit => (Picture.Row([.. Enumerable.Range(0, test.Count).OrderByDescending(n => highest[n, unit]).Take(Most).Select(n => test.Image(n))]), $"unit {unit}")));
    }

    void Dream()
    {
        var random = new Random(1);
        float[][] wild = [.. Enumerable.Range(0, 10).Select(label => Digits.Dream(pass, label, isRegularised: false, random))];
        float[][] calm = [.. Enumerable.Range(0, 10).Select(label => Digits.Dream(pass, label, isRegularised: true, random))];
        run.Report.Heading("Pictures that excite").Image("For 0 to 9: climbed to freely", Picture.Row([.. wild.Select(Grey)]), zoom: 2)
            .Image("Jittered, blurred and faded on the way", Picture.Row([.. calm.Select(Grey)]), zoom: 2);
        int right = Enumerable.Range(0, 10).Count(label => net.Classify(wild[label]) == label) + Enumerable.Range(0, 10).Count(label => net.Classify(calm[label]) == label);
        double roughWild = wild.Average(picture => Digits.Roughness(picture)), roughCalm = calm.Average(picture => Digits.Roughness(picture));
        int expected = epochs >= 5 ? 15 : 8;
        run.Find("pictures made for a class that are taken for it", $"{right} of 20", $"at least {expected}", right >= expected);
        run.Find("roughness, regularised and free", $"{roughCalm:0.000}, {roughWild:0.000}", $"less than two thirds", roughCalm < roughWild * 2 / 3);
    }

    // Pixels of which the answer depends, and the maps' share in it, place by place.
    void LookAt()
    {
        var rows = new List<(RgbImage, string)>();
        double farthest = 0, onInk = 0, offInk = 0;
        for (int n = 0; n < 10; n++)
        {
            int answer = net.Classify(test.Sample(n));
            float[] saliency = [.. Digits.ClassGradient(pass, test.Sample(n), answer).Select(Math.Abs)];
            float[] maps = pass.Activations["maps"].ToArray();
            float[] share = [.. Enumerable.Range(0, 49).Select(place => (float)Enumerable.Range(0, 32).Sum(map => (double)net.Parameters["fc.weight"].Values[answer, map] * maps[(map * 49) + place]))];
            farthest = Math.Max(farthest, Math.Abs(share.Average(value => (double)value) + net.Parameters["fc.bias"].Values[answer] - pass.Output[answer]));
            float[] large = [.. Enumerable.Range(0, Area).Select(i => share[(i / Side / 4 * 7) + (i % Side / 4)])];
            bool[] isNear = [.. Enumerable.Range(0, Area).Select(i => Enumerable.Range(0, 25).Any(tap => Ink(n, (i / Side) + (tap / 5) - 2, (i % Side) + (tap % 5) - 2)))];
            onInk += saliency.Where((_, i) => isNear[i]).Average() / 10;
            offInk += saliency.Where((_, i) => !isNear[i]).Average() / 10;
            rows.Add((Picture.Row(test.Image(n), Picture.Grey(saliency, Side, Side), Picture.Signed(large, Side, Side)), $"taken for {answer}"));
        }
        run.Report.Heading("Where it looks").Images("A digit, the pixels on which its answer depends, and where the class is seen (class activation map)", rows, zoom: 2);
        run.Find("a class's output against the mean of its activation map", $"{farthest:0.0e0}", $"below 1e-4", farthest < 1e-4);
        run.Find("dependence on a pixel near ink and far from it", $"{onInk:0.000}, {offInk:0.000}", $"more near ink", onInk > offInk);
    }

    bool Ink(int n, int y, int x) => y is >= 0 and < Side && x is >= 0 and < Side && test.Sample(n)[(y * Side) + x] > (Digits.Black + Digits.White) / 2;

    void Deceive()
    {
        using NetworkPass many = ((INetwork)convNet).CreatePass(batch: 250);
        var random = new Random(1);
        float[] Noise(float epsilon) => [.. test.Inputs.ToArray().Select(value => Math.Clamp(value + ((random.Next(2) == 0 ? -epsilon : epsilon) * Digits.Range), Digits.Black, Digits.White))];
        float[] noise = Noise(Epsilon);
        float[] one = Digits.Attack(many, test, Epsilon, steps: 1), steps = Digits.Attack(many, test, Epsilon, steps: 100, restarts: 4);
        (double clean, double byNoise, double byOne, double bySteps) = (Right(test.Inputs.ToArray()), Right(noise), Right(one), Right(steps));
        run.Report.Heading("Deceived").Images($"As it is, with noise of ±{Epsilon}, and changed by as much on purpose (FGSM, PGD): what ConvNet takes them for",
            Enumerable.Range(0, 10).Select(n => (Picture.Row([.. new[] { test.Inputs.ToArray(), noise, one, steps }.Select(set => Grey(set[(n * Area)..((n + 1) * Area)]))]),
                string.Join(", ", new[] { test.Inputs.ToArray(), noise, one, steps }.Select(set => convNet.Classify(set.AsSpan(n * Area, Area)))))), zoom: 2);
        float[] all = [0, 0.025f, 0.05f, 0.1f, 0.15f, 0.2f];
        double[][] curves = [[.. all.Select(epsilon => Right(Noise(epsilon)))], [.. all.Select(epsilon => Right(Digits.Attack(many, test, epsilon, steps: 1)))], [.. all.Select(epsilon => Right(Digits.Attack(many, test, epsilon, steps: 40)))]];
        run.Report.Plot(new Plot("Test digits that ConvNet gets right", [.. new[] { "noise", "FGSM", "PGD" }.Select((name, i) => new Series(name, [.. all.Select(epsilon => (double)epsilon)], [.. curves[i]]))])
        { XLabel = "ε, a share of the way from black to white", YLabel = "right" });
        double enough = epochs >= 5 ? 0.98 : 0.9;
        run.Find("ConvNet: test digits that are right", $"{clean:0.000}", $"at least {enough:0.00}", clean >= enough);
        run.Find($"with noise of ±{Epsilon}", $"{byNoise:0.000}", $"at least {enough - 0.03:0.00}", byNoise >= enough - 0.03);
        run.Find($"by FGSM, ε = {Epsilon}", $"{byOne:0.000}", $"below {clean - 0.2:0.00}", byOne < clean - 0.2);
        run.Find($"by PGD, ε = {Epsilon}", $"{bySteps:0.000}", $"below {(epochs >= 10 ? 0.2 : 0.4):0.00}", bySteps < (epochs >= 10 ? 0.2 : 0.4));
        run.Find($"by PGD, ε = {all[^1]}", $"{curves[2][^1]:0.000}", $"below 0.10", curves[2][^1] < 0.1);
        double most = Numbers.Farthest(steps, test.Inputs) / Digits.Range;
        run.Find("largest change of a pixel by PGD", $"{most:0.00000}", $"{Epsilon}", most < Epsilon + 1e-5);
    }

    double Right(float[] inputs)
    {
        var answers = new int[test.Count];
        convNet.Classify(inputs, answers);
        return answers.Zip(test.Labels.ToArray(), (answer, label) => answer == label).Count(same => same) / (double)test.Count;
    }
});

static RgbImage Grey(float[] picture) => Picture.Grey(picture, Side, Side, Digits.Black, Digits.White);
