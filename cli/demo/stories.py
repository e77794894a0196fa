"""The stories that the demo plays: a tool library in its first year, its year as a founded community, and a lease."""

from syngraph.cli.demo.steps import Change, Clone, Commit, Each, Step, Syngraph, Told

LIBRARY: tuple[Step, ...] = (
    Told(
        "1. A tool library keeps its bylaws in git. They begin on 1 January 2026; the record of a year comes with the example."
    ),
    Syngraph('new riverside --with-record --title "Bylaws of the Riverside Tool Library"'),
    Commit("riverside", "2026-01-01", "Adopt the bylaws"),
    Told("How are they understood? One section, with what its sentences mean, and the coverage of the whole text:"),
    Syngraph("read riverside --section dues --rules"),
    Told("Are there faults in the text?"),
    Syngraph("lint riverside"),
    Told("Who had to do what, and has? In the middle of February 2026 (exit code 1: something is violated) ..."),
    Syngraph("check riverside --at 2026-02-15", 1),
    Told("... on 1 July 2026 ..."),
    Syngraph("check riverside --at 2026-07-01", 1),
    Told("... and on 10 February 2027."),
    Syngraph("check riverside --at 2027-02-10", 1),
    Told("Why was Dov in breach in February 2026? Every reason has its file and line."),
    Syngraph("explain dues dov --in riverside --at 2026-02-15"),
    Told("In September 2026 the members raise the dues from EUR 60 to EUR 75: one field, one commit."),
    Change("riverside/bylaws.md", "  Dues: EUR 60", "  Dues: EUR 75"),
    Commit("riverside", "2026-09-20", "Raise the dues to EUR 75"),
    Told("The dues of 2026 are judged by the old text, those of 2027 by the new one: 75 - 60 leaves EUR 15 to be paid."),
    Syngraph("explain dues ada --in riverside --at 2027-02-10"),
    Told("What if Ada paid the rest? Nothing is written."),
    Syngraph(
        'what-if riverside --at 2027-02-11 --fact "On 11 February 2027, Ada Quill paid EUR 15 to Carla Mott under section 5."'
    ),
    Told("What comes next for Carla, the treasurer?"),
    Syngraph("next riverside --at 2027-02-10 --bearer carla"),
    Told("She publishes the accounts, and says so. A fact is a sentence in a file that is named by its content."),
    Syngraph('record riverside --by carla --date 2027-03-30 --fact "On 30 March 2027, Carla Mott published the accounts."'),
    Told("The text for the notice board, in one file that prints well:"),
    Syngraph("render riverside -o riverside.html"),
)

PEOPLE = "ada bora carla dov edda farid greta"
_KEYS = " ".join(f"--key keys/{who}" for who in PEOPLE.split())

FOUNDED: tuple[Step, ...] = (
    Told(
        "2. The same bylaws, but now they guard themselves: in March 2026 the seven members found a repository of their own.\n"
        "Each makes a key (an SSH key that you have would do), and its public half goes into the register."
    ),
    Syngraph('new guarded --title "Bylaws of the Riverside Tool Library"'),
    Each(PEOPLE, "key new keys/$who --no-passphrase --comment $who"),
    Each(PEOPLE, "key add $who keys/$who.pub --in guarded"),
    Syngraph(f"found guarded {_KEYS} --at 2026-03-15"),
    Told(
        "What is stated now is signed. Dov pays his dues, late; his word alone is a claim, with the treasurer's it is agreed."
    ),
    Syngraph(
        'record guarded --key keys/dov --at 2026-03-20 --fact "On 20 March 2026, Dov Lindqvist paid EUR 60 to Carla Mott'
        ' under section 5."'
    ),
    Syngraph(
        'record guarded --key keys/carla --at 2026-03-21 --fact "On 20 March 2026, Dov Lindqvist paid EUR 60 to Carla Mott'
        ' under section 5."'
    ),
    Syngraph("explain dues dov --in guarded --at 2026-03-31"),
    Told(
        "Two members move to lend tools for three weeks. The field is used in one section, and one sentence decides on that:\n"
        "two-thirds of all Members. The change is proposed from the work tree, which then goes back to the text in force."
    ),
    Change("guarded/bylaws.md", "  Loan: 14 days", "  Loan: 21 days"),
    Syngraph('propose guarded --title "Lend tools for three weeks" --key keys/ada --key keys/bora --at 2026-04-01'),
    Change("guarded/bylaws.md", "  Loan: 21 days", "  Loan: 14 days"),
    Told("Two others move a higher fee for late returns, and two to raise the dues, on which a majority decides."),
    Change("guarded/bylaws.md", "  Return.Fee: EUR 5", "  Return.Fee: EUR 8"),
    Syngraph('propose guarded --title "Raise the fee for late returns" --key keys/farid --key keys/greta --at 2026-04-01'),
    Change("guarded/bylaws.md", "  Return.Fee: EUR 8", "  Return.Fee: EUR 5"),
    Change("guarded/bylaws.md", "  Dues: EUR 60", "  Dues: EUR 75"),
    Syngraph('propose guarded --title "Raise the dues to EUR 75" --key keys/carla --key keys/edda --at 2026-04-01'),
    Change("guarded/bylaws.md", "  Dues: EUR 75", "  Dues: EUR 60"),
    Told("What the bylaws put beyond any majority cannot even be moved:"),
    Change("guarded/bylaws.md", "lends good tools", "sells good tools"),
    Syngraph('propose guarded --title "Open a shop" --key keys/farid --key keys/greta --at 2026-04-01', 1),
    Change("guarded/bylaws.md", "sells good tools", "lends good tools"),
    Told("After five days of discussion they vote: five for three weeks and one against, four for the fee, four for the dues."),
    Each("ada bora carla dov edda", 'vote "Lend tools for three weeks" yes --in guarded --key keys/$who --at 2026-04-08'),
    Syngraph('vote "Lend tools for three weeks" no --in guarded --key keys/farid --at 2026-04-08'),
    Each("ada bora farid greta", 'vote "Raise the fee for late returns" yes --in guarded --key keys/$who --at 2026-04-09'),
    Each("ada carla dov edda", 'vote "Raise the dues to EUR 75" yes --in guarded --key keys/$who --at 2026-04-10'),
    Syngraph('tally "Raise the fee for late returns" --in guarded'),
    Told("The voting period over, anybody may close; what the outcome is, everybody can recompute."),
    Syngraph('close "Lend tools for three weeks" --in guarded --key keys/ada --at 2026-04-15'),
    Syngraph('close "Raise the fee for late returns" --in guarded --key keys/ada --at 2026-04-15'),
    Syngraph('close "Raise the dues to EUR 75" --in guarded --key keys/ada --at 2026-04-15'),
    Syngraph('adopt "Lend tools for three weeks" --in guarded --at 2026-04-16'),
    Told("The motion on the dues was moved on the text of before that. What it touches has not changed, so it carries."),
    Syngraph('adopt "Raise the dues to EUR 75" --in guarded --at 2026-04-17'),
    Syngraph('adopt "Raise the fee for late returns" --in guarded --at 2026-04-17', 2),
    Told("Anybody can prove all of this from a plain clone."),
    Clone("guarded", "clone"),
    Syngraph("verify clone"),
    Told("Somebody changes a copy: the dues are EUR 8 now, and a commit says so."),
    Change("clone/bylaws.md", "  Dues: EUR 75", "  Dues: EUR 8"),
    Commit("clone", "2026-04-20", "Correct a typing error"),
    Syngraph("verify clone", 1),
    Told(
        "No tool of ours is needed to check a statement: `syngraph key signers guarded -o allowed`, then\n"
        "`ssh-keygen -Y verify -n syngraph.v1 -f allowed -I ada -s FILE.sig < FILE.md` says whose it is."
    ),
)

LEASE: tuple[Step, ...] = (
    Told("3. A lease between two people, with clauses from the library, and a year of rent, repairs and quarrels."),
    Syngraph('new lease --from lease --with-record --title "Lease of the Flat in Harbour Street"'),
    Commit("lease", "2026-01-01", "Sign the lease"),
    Syngraph("read lease --section late-payment --rules"),
    Syngraph("lint lease"),
    Syngraph("check lease --at 2026-03-20"),
    Syngraph("check lease --at 2026-08-31", 1),
    Syngraph("check lease --at 2027-02-28", 1),
    Told("In August the rent was not paid. What is the interest on it, and how was it counted?"),
    Syngraph("explain interest --in lease --at 2026-08-31"),
    Told("From October the rent is EUR 1,260. September is judged by the old text, October by the new."),
    Change("lease/lease.md", "  Rent: EUR 1,200", "  Rent: EUR 1,260"),
    Commit("lease", "2026-09-20", "Raise the rent to EUR 1,260"),
    Syngraph("explain rent --in lease --at 2026-10-31 --due 2026-09"),
    Syngraph("explain rent --in lease --at 2026-10-31 --due 2026-10"),
    Told("A mistake in a clause is told where it is, and what to do about it:"),
    Change("lease/lease.md", "shall pay the Rent", "shal pay the Rent"),
    Syngraph("lint lease --select SG2", 1),
    Change("lease/lease.md", "shal pay the Rent", "shall pay the Rent"),
    Syngraph("render lease --format txt -o lease.txt"),
    Syngraph("library diff lease"),
)
