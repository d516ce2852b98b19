using System.Text;
using System.Threading.Channels;

namespace CopilotBot.Serving;

/// <summary>A text writer whose text leaves as events, line by line. Flush it to send an unfinished line.</summary>
internal sealed class EventTextWriter(ChannelWriter<CommandEvent> events, Func<string, CommandEvent> wrap) : TextWriter
{
    private readonly Lock _gate = new();
    private readonly StringBuilder _line = new();

    public override Encoding Encoding => Encoding.UTF8;

    public override void Write(char value)
    {
        lock (_gate)
        {
            _line.Append(value);
            if (value == '\n')
            {
                Send();
            }
        }
    }

    public override void Write(string? value)
    {
        lock (_gate)
        {
            _line.Append(value);
            if (value?.Contains('\n') is true)
            {
                Send();
            }
        }
    }

    public override void Flush()
    {
        lock (_gate)
        {
            Send();
        }
    }

    private void Send()
    {
        if (_line.Length > 0)
        {
            events.TryWrite(wrap(_line.ToString()));
            _line.Clear();
        }
    }
}
