using NetGen.Generator.Text;

namespace NetGen.Generator.Tests.Text;

/// <summary>The writer of generated text.</summary>
public class SourceWriterTests
{
    [Fact]
    public void Lines_are_indented_and_end_in_LF()
    {
        var writer = new SourceWriter();
        using (writer.Open("class A"))
            writer.Line("first;  \r\n\r\n    second;").Line().Line("");
        writer.ToString().ShouldBe("class A\n{\n    first;\n\n        second;\n\n\n}\n");
    }

    [Fact]
    public void A_hole_of_several_lines_keeps_the_indentation_of_its_line()
    {
        var writer = new SourceWriter();
        string body = string.Join('\n', "a;", "b;");
        using (writer.Indent())
        {
            writer.Line($$"""
                if (true)
                {
                    {{body}}
                }
                """);
        }
        writer.ToString().ShouldBe("    if (true)\n    {\n        a;\n        b;\n    }\n");
    }

    [Fact]
    public void Lines_of_another_writer_are_indented()
    {
        var writer = new SourceWriter();
        using (writer.Open("class A"))
            writer.Lines(new SourceWriter().Line("a;").Line().Line("    b;").ToString()).Lines("");
        writer.ToString().ShouldBe("class A\n{\n    a;\n\n        b;\n}\n");
    }

    [Fact]
    public void Holes_are_in_invariant_culture() => new SourceWriter().Line($"{-1.5} {1234:#,0}").ToString().ShouldBe("-1.5 1,234\n");
}
