using NetGen;

// A table to learn from: 2,000 houses, and what they cost by a rule that the network has to find, give or take 5 %.
string file = args is [string path] ? path : "houses.csv";
var random = new Random(1);
File.WriteAllLines(file, Enumerable.Range(0, 2000).Select(_ =>
{
    double area = random.Next(30, 250), rooms = Math.Ceiling(area / random.Next(20, 40)), age = random.Next(100), far = random.Next(1, 60);
    double price = 3000 * area * Math.Exp(-far / 40) * (age is > 20 and < 80 ? 0.7 : 1) + 8000 * rooms;
    return FormattableString.Invariant($"{area},{rooms},{age},{far},{price * (0.95 + 0.1 * random.NextDouble()):0}");
}).Prepend("area,rooms,age,kilometres,price"));

// One line reads it; every column and the price are brought to mean 0 and deviation 1, as the training houses have them.
var (train, test) = DataSet.FromCsv(file, target: "price").Shuffle(seed: 1).Split(1600);
train = train.Standardize(out Standardization inputs).StandardizeTargets(out Standardization prices);
test = test.Standardize(inputs).StandardizeTargets(prices);

var net = new Houses(seed: 1);
using Trainer trainer = net.CreateTrainer(new AdamW(weightDecay: 1e-2), Loss.MeanSquaredError, batch: 32);
trainer.Fit(train, epochs: 100, schedule: LearningRate.OneCycle(1e-2));

// How far off it is for houses that it has never seen, and what it makes of one.
var outputs = new float[test.Count];
net.Predict(test.Inputs, outputs);
float[] guesses = prices.Undo(outputs), real = prices.Undo(test.Targets);
double error = guesses.Zip(real, (guess, price) => Math.Abs(guess / price - 1)).Average();
Console.WriteLine(FormattableString.Invariant($"{file}: {train.Count} houses to train on, {test.Count} to test on"));
Console.WriteLine(FormattableString.Invariant($"Prices are {100 * error:0.0} % off in the mean; 2.5 % is chance."));

float[] house = inputs.Apply([120, 4, 50, 10]), price = new float[1];
net.Predict(house, price);
Console.WriteLine(FormattableString.Invariant($"120 m², 4 rooms, 50 years, 10 km: {prices.Undo(price)[0]:N0}"));
net.Save(Path.ChangeExtension(file, ".safetensors"));

[Network, Input(4)]
[Linear(32), ReLU]
[Linear(32), ReLU]
[Linear(1)]
public partial class Houses;
